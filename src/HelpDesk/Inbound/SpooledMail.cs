using System.Security.Cryptography;
using HelpDesk.Web;

namespace HelpDesk.Inbound;

/// <summary>A raw mail on this server's disk until all of it is there and filed: no transaction waits for a slow sender, and no mail is in memory as a whole.</summary>
internal sealed class SpooledMail : IAsyncDisposable
{
    private SpooledMail(FileStream bytes) => Bytes = bytes;

    public FileStream Bytes { get; }

    public byte[] Sha256 { get; private set; } = [];

    public static async Task<SpooledMail> Of(Stream upload, long most, CancellationToken cancel)
    {
        var mail = new SpooledMail(NamelessFile.Open());
        try
        {
            await mail.Read(upload, most, cancel);
            return mail;
        }
        catch
        {
            await mail.DisposeAsync();
            throw;
        }
    }

    private async Task Read(Stream upload, long most, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[NamelessFile.BufferBytes];
        while (await upload.ReadAsync(buffer, cancel) is > 0 and var length)
        {
            if (Bytes.Length + length > most)
            {
                throw new Refusal(StatusCodes.Status413PayloadTooLarge, "too-large", "The mail is too large", $"A mail may have at most {most} bytes here (Inbound:MaxBytes).");
            }

            hash.AppendData(buffer.AsSpan(0, length));
            await Bytes.WriteAsync(buffer.AsMemory(0, length), cancel);
        }

        if (Bytes.Length == 0) throw Refusal.Invalid("$", "must be a raw mail, header fields first, as a mail server hands it over");
        Sha256 = hash.GetHashAndReset();
        await Bytes.FlushAsync(cancel);
        Bytes.Position = 0;
    }

    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
