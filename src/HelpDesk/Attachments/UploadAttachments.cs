using HelpDesk.Access;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Files to be put on a ticket.</summary>
/// <param name="File">One file or several.</param>
public sealed record UploadAttachmentsRequest(IFormFileCollection File);

/// <summary>Files that were put on a ticket.</summary>
/// <param name="Items">In the order of the request.</param>
public sealed record UploadAttachmentsResponse(IReadOnlyList<AttachmentResponse> Items);

internal static class UploadAttachments
{
    /// <summary>Upload attachments</summary>
    /// <remarks>
    /// One file or several as <c>multipart/form-data</c>, each a part named <c>file</c> with a filename; all of them are kept or none. Then name their ids in
    /// <c>attachments</c> of a message: until one does, they are for agents alone. What a file is shows in its bytes: <c>type</c> says what was found,
    /// <c>declaredType</c> what the request said. Empty files are taken. By configuration a file has at most 25 MiB (26,214,400 bytes, inclusive), a request
    /// 100 MiB, a ticket 100 attachments: beyond that the answer is 413, or 409 with the type <c>urn:helpdesk:too-many-attachments</c>.
    /// </remarks>
    public static async Task<Created<UploadAttachmentsResponse>> Handle(
        long id, HttpContext http, AttachmentOptions options, AttachmentStores stores, NpgsqlDataSource database, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        // Asked before megabytes are read in vain.
        await AttachmentLog.RequireTicket(database, id, caller, cancel);
        await using var files = await UploadedFiles.Read(http.Request, options, cancel);
        var now = await clock.Now(cancel);
        var written = await AttachmentLog.Write(database, stores.Current, options, id, files.All, now, caller.Id, http.TraceIdentifier, cancel);
        return TypedResults.Created($"/v1/tickets/{id}/attachments", new UploadAttachmentsResponse(written));
    }
}
