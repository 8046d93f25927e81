using System.Security.Cryptography;
using HelpDesk.Web;

namespace HelpDesk.Attachments;

/// <summary>An uploaded file on this server's disk until all of the request is there: no transaction waits for a slow sender, and nothing stays of one who hangs up.</summary>
internal sealed class SpooledFile : IAsyncDisposable
{
    private SpooledFile(FileStream bytes, string name, string? declared)
    {
        Bytes = bytes;
        Name = name;
        DeclaredType = declared;
    }

    public FileStream Bytes { get; }

    public string Name { get; }

    public string? DeclaredType { get; }

    public string Type { get; private set; } = FileType.Unknown;

    public byte[] Sha256 { get; private set; } = [];

    public static async Task<SpooledFile> Of(Stream upload, string name, string? declared, AttachmentOptions options, CancellationToken cancel)
    {
        var file = new SpooledFile(NamelessFile.Open(), name, declared);
        try
        {
            await file.Read(upload, options, cancel);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task Read(Stream upload, AttachmentOptions options, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new FileType.TextReader();
        var buffer = new byte[NamelessFile.BufferBytes];
        byte[]? head = null;
        while (await upload.ReadAtLeastAsync(buffer, FileType.HeadBytes, throwOnEndOfStream: false, cancel) is > 0 and var length)
        {
            var bytes = buffer.AsMemory(0, length);
            if (Bytes.Length + length > options.MaxBytes)
            {
                throw new Refusal(StatusCodes.Status413PayloadTooLarge, "too-large", "The file is too large", $"{Name} has more than {options.MaxBytes} bytes, which is the most that a file may have here.");
            }

            head ??= bytes[..Math.Min(length, FileType.HeadBytes)].ToArray();
            hash.AppendData(bytes.Span);
            text.Read(bytes.Span);
            await Bytes.WriteAsync(bytes, cancel);
        }

        text.Read([], last: true);
        Sha256 = hash.GetHashAndReset();
        Type = FileType.Of(head, text.IsText, DeclaredType);
        if (!options.Takes(Type))
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "attachment-type", "Files of this type are not taken", $"{Name} is {Type}; taken are {string.Join(", ", options.Types)}.");
        }

        await Bytes.FlushAsync(cancel);
        Bytes.Position = 0;
    }

    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
