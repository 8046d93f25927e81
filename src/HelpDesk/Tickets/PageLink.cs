using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Where a ticket's customer sees it.</summary>
/// <param name="PublicUrl">The address of the page from now on. Example: "https://desk.example.com/t/0123456789abcdef01234567".</param>
public sealed record PageLinkResponse(string PublicUrl);

internal static class PageLink
{
    /// <summary>Give a ticket's public page another address</summary>
    /// <remarks>
    /// For a link that got into the wrong hands, or was revoked. The address before leads nowhere at once, on every server; messages written from now on have the
    /// new one. Of a ticket that was merged, it is the page of the customer who opened that ticket.
    /// </remarks>
    public static async Task<Ok<PageLinkResponse>> HandleRenewal(long id, HttpContext http, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var token = Ticket.MakeToken();
        await Change(id, token, "page_link.renewed", http, desk, clock, caller, cancel);
        return TypedResults.Ok(new PageLinkResponse(settings.PageOf(token)!));
    }

    /// <summary>Revoke a ticket's public page</summary>
    /// <remarks>Nobody can open it any more, and publicUrl is null, until it is given another address.</remarks>
    public static async Task<NoContent> HandleRevocation(long id, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        await Change(id, null, "page_link.revoked", http, desk, clock, caller, cancel);
        return TypedResults.NoContent();
    }

    private static async Task Change(long id, string? token, string what, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, await clock.Now(cancel), [id], caller, cancel);
        var ticket = work.Only();
        http.RequireMatch(ticket.RowVersion);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        if (token is null && ticket.PageToken is null) return;
        ticket.PageToken = token;
        // The last address stays known once it is revoked, so that whoever has it can be told.
        var command = new NpgsqlBatchCommand("update tickets set page_token = coalesce($2::text, page_token), page_revoked = $2::text is null where id = $1");
        new Values(command.Parameters).Bigint(id).Text(token);
        work.Add(command);
        work.Note(new NewEvent(what, work.Now, caller.Id, http.TraceIdentifier, "{}", id));
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion + 1, ticket.Requester.Version);
    }
}
