using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Web;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>The files of a mail as attachments: decoded to this server's disk, and the names of those that are not taken.</summary>
internal sealed class MailFiles : IAsyncDisposable
{
    private const int LongestType = 100;

    private readonly List<SpooledFile> taken = [];
    private readonly List<string> notTaken = [];

    public IReadOnlyList<SpooledFile> Taken => taken;

    /// <summary>Each with the reason.</summary>
    public IReadOnlyList<string> NotTaken => notTaken;

    public static async Task<MailFiles> Of(ReceivedMail mail, AttachmentOptions options, CancellationToken cancel)
    {
        var files = new MailFiles();
        try
        {
            foreach (var (index, entity) in mail.Files.Index()) await files.Take(entity, index, options, cancel);
            if (mail.WholeText is { } text)
            {
                await using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
                await files.Take(bytes, "mail.txt", "text/plain", options, cancel);
            }

            return files;
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }
    }

    private async Task Take(MimeEntity entity, int index, AttachmentOptions options, CancellationToken cancel)
    {
        var name = FileNames.Of(NameOf(entity, index));
        await using var decoded = NamelessFile.Open();
        try
        {
            if (entity is MessagePart { Message: { } inner }) await inner.WriteToAsync(decoded, cancel);
            else if (entity is MimePart { Content: { } content }) await content.DecodeToAsync(decoded, cancel);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            notTaken.Add($"{name} (it cannot be decoded)");
            return;
        }

        decoded.Position = 0;
        await Take(decoded, name, TypeOf(entity), options, cancel);
    }

    private async Task Take(Stream bytes, string name, string? type, AttachmentOptions options, CancellationToken cancel)
    {
        try
        {
            if (taken.Count == options.MaxPerTicket) notTaken.Add($"{name} (there are more than {options.MaxPerTicket})");
            else taken.Add(await SpooledFile.Of(bytes, name, type, options, cancel));
        }
        catch (Refusal refusal)
        {
            notTaken.Add($"{name} ({(refusal.Status == StatusCodes.Status413PayloadTooLarge ? "it is too large" : "files of its type are not taken")})");
        }
    }

    private static string NameOf(MimeEntity entity, int index)
    {
        if (entity is MimePart { FileName: { Length: > 0 } given }) return CleanText.Line(given, 500);
        if (entity is MessagePart { Message: { } inner })
        {
            var subject = CleanText.Line(inner.Subject ?? "", 100).Replace('/', '-').Replace('\\', '-');
            return $"{(subject.Length == 0 ? $"mail-{index + 1}" : subject)}.eml";
        }

        var extension = MimeTypes.TryGetExtension(entity.ContentType.MimeType, out var known) ? known : "";
        return $"{(entity.ContentType.IsMimeType("image", "*") ? "image" : "part")}-{index + 1}{extension}";
    }

    private static string? TypeOf(MimeEntity entity) =>
        entity.ContentType.MimeType is { Length: <= LongestType } type && type.All(letter => letter is > ' ' and < (char)127) ? type.ToLowerInvariant() : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var file in taken) await file.DisposeAsync();
    }
}
