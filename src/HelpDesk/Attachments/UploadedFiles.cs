using HelpDesk.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Attachments;

/// <summary>Reads the files of a multipart request, one after the other, as they arrive.</summary>
internal sealed class UploadedFiles : IAsyncDisposable
{
    private const string Field = "file";
    private const int LongestBoundary = 70;

    private readonly List<SpooledFile> files = [];

    public IReadOnlyList<SpooledFile> All => files;

    public static async Task<UploadedFiles> Read(HttpRequest request, AttachmentOptions options, CancellationToken cancel)
    {
        var uploaded = new UploadedFiles();
        try
        {
            await uploaded.ReadAll(request, options, cancel);
            return uploaded;
        }
        catch (Exception error)
        {
            await uploaded.DisposeAsync();
            // What a reader says of a body that is no multipart, or ends before its end.
            if (error is InvalidDataException || (error is IOException && error is not BadHttpRequestException && !cancel.IsCancellationRequested)) throw Malformed();
            throw;
        }
    }

    private async Task ReadAll(HttpRequest request, AttachmentOptions options, CancellationToken cancel)
    {
        var reader = new MultipartReader(Boundary(request), request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : throw Malformed();
            var field = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (field != Field) throw Refusal.Invalid(field.Length is > 0 and <= 100 ? field : "$", $"is not known here: send files as {Field}");
            if (!disposition.IsFileDisposition()) throw Refusal.Invalid(Field, "must be a file, with a filename");
            if (files.Count == options.MaxPerTicket) throw AttachmentLog.TooMany(options);
            var name = disposition.FileNameStar is { HasValue: true } extended ? extended : HeaderUtilities.RemoveQuotes(disposition.FileName);
            files.Add(await SpooledFile.Of(section.Body, FileNames.Of(name.Value), TypeOf(section.ContentType), options, cancel));
        }

        if (files.Count == 0) throw Refusal.Invalid(Field, "is required");
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is of a kind that is not read here", "Send files as multipart/form-data.");
        }

        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: >= 1 and <= LongestBoundary } boundary ? boundary : throw Malformed();
    }

    private static string? TypeOf(string? declared) =>
        MediaTypeHeaderValue.TryParse(declared, out var type) && type.MediaType is { HasValue: true, Length: <= 100 } media && media.Value.All(letter => letter is > ' ' and < (char)127)
            ? media.Value.ToLowerInvariant()
            : null;

    private static Refusal Malformed() => new(
        StatusCodes.Status400BadRequest, "malformed", "The request is malformed", "The body is not multipart/form-data with its boundary, or ends before its end.");

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files) await file.DisposeAsync();
    }
}
