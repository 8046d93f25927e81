using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.TicketPages;

/// <summary>What was sent from the page, read as it arrives.</summary>
internal sealed class ReplyForm : IAsyncDisposable
{
    public const int MostCharacters = 20_000;
    public const int MostFiles = 10;
    private const int MostParts = 40;
    private const int LongestValue = 4 * MostCharacters;

    private readonly List<SpooledFile> files = [];

    public string? Key { get; private set; }

    public string? Proof { get; private set; }

    public string Body { get; private set; } = "";

    public IReadOnlyList<SpooledFile> Files => files;

    /// <summary>What tells it from another.</summary>
    public byte[] Content => [.. Encoding.UTF8.GetBytes(Body), .. files.SelectMany(file => file.Sha256)];

    /// <summary>Why its files are not taken: the status of the refusal.</summary>
    public int? FileFault { get; private set; }

    public static async Task<ReplyForm> Read(HttpRequest request, AttachmentOptions options, CancellationToken cancel)
    {
        var form = new ReplyForm();
        try
        {
            await form.ReadParts(request, options, cancel);
            return form;
        }
        catch (Exception error)
        {
            await form.DisposeAsync();
            if (error is InvalidDataException || (error is IOException && error is not BadHttpRequestException && !cancel.IsCancellationRequested)) throw Malformed();
            throw;
        }
    }

    private async Task ReadParts(HttpRequest request, AttachmentOptions options, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) throw Malformed();
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: >= 1 and <= 70 } boundary) throw Malformed();
        var reader = new MultipartReader(boundary, request.Body);
        for (var part = 0; await reader.ReadNextSectionAsync(cancel) is { } section; part++)
        {
            if (part == MostParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) throw Malformed();
            if (disposition.IsFileDisposition()) await TakeFile(section, disposition, options, cancel);
            else Take(HeaderUtilities.RemoveQuotes(disposition.Name).Value, await Text(section.Body, cancel));
            // What she wrote came before; what is left of files that are not taken need not be read.
            if (FileFault is not null) return;
        }
    }

    private void Take(string? name, string value)
    {
        if (name == "key") Key = value;
        else if (name == "proof") Proof = value;
        else if (name == "body") Body = value.ReplaceLineEndings("\n").Trim();
    }

    private async Task TakeFile(MultipartSection section, ContentDispositionHeaderValue disposition, AttachmentOptions options, CancellationToken cancel)
    {
        var name = disposition.FileNameStar is { HasValue: true } extended ? extended : HeaderUtilities.RemoveQuotes(disposition.FileName);
        // A browser sends a part without a name where none was chosen.
        if (string.IsNullOrEmpty(name.Value)) return;
        try
        {
            if (files.Count == MostFiles) FileFault = StatusCodes.Status409Conflict;
            else files.Add(await SpooledFile.Of(section.Body, FileNames.Of(name.Value), MediaTypeHeaderValue.TryParse(section.ContentType, out var type) ? type.MediaType.Value : null, options, cancel));
        }
        catch (Refusal refusal)
        {
            FileFault = refusal.Status;
        }
    }

    private static async Task<string> Text(Stream part, CancellationToken cancel)
    {
        var bytes = new byte[LongestValue + 1];
        var length = await part.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > LongestValue) throw Malformed();
        return Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal);
    }

    private static Refusal Malformed() => new(StatusCodes.Status400BadRequest, "malformed", "The request is malformed", "The body is not the form of the page.");

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files) await file.DisposeAsync();
    }
}
