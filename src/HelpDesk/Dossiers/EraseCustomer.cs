using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>Forgets a person and keeps the figures.</summary>
internal static class EraseCustomer
{
    /// <summary>Erase a customer</summary>
    /// <remarks>
    /// In one transaction, for good: name, addresses, language, zone, tier, organisation, quiet hours and webhookUrl; the subjects, custom fields, references, watchers, reasons,
    /// files and public pages of all tickets; every address that was ever hers, also where others' tickets name it as a watcher's, an author's or a copy's; notes on others' tickets that were
    /// made of her mail; the words of all messages, internal notes among them, also of those that were merged into another's ticket, and of what was promised; recipients and words of all that was mailed; what
    /// the log of events said of them. Mail that has not left is withdrawn. Tickets, their commitments and when promises were made, kept and broken stay, as do status, queue,
    /// category and tags. Tickets stay open or closed as they were; nobody is written to any more. Others keep what is theirs: what other customers wrote, with its files; and where a
    /// ticket of another's was merged into hers, what was written on that one, what its customer was or will be written, and what both were promised since. What agents wrote on her ticket
    /// goes all the same. That it happened stays in the log. Sending it again finds nothing (404).
    /// </remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, TicketDesk desk, PromiseWords words, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        var now = await clock.Now(cancel);
        await using var work = await TicketWork.Begin(desk, now, caller, cancel);
        await DossierLock.Take(work.Connection, id, [id], cancel);
        if (await Run(work.Connection, "select row_version from customers where id = $1 and erased_at is null", id, cancel) is not long version) throw await ReadCustomer.Gone(db, id, StatusCodes.Status409Conflict, cancel);
        http.RequireMatch(version);
        var tickets = await TakeBackUnsent(work, id, cancel);
        // While it is still known which addresses are hers.
        var addresses = await HerAddresses.Read(work.Connection, id, cancel);
        await EventRows.Blank(work.Connection, id, addresses, cancel);
        await DossierRows.Blank(work.Connection, id, addresses, now, cancel);
        await SharedPromises.Reword(work.Connection, id, words, desk.Settings.Zone, cancel);
        work.Note(new NewEvent(
            "customer.erased", now, caller.Id, http.TraceIdentifier, JsonSerializer.Serialize(new { customerId = id, tickets }, JsonConventions.Options)));
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Promises that follow-ups carry which have not left are not told any more: they are taken back, so that the figures stay true. Answers how many
    /// tickets there are.
    /// </summary>
    private static async Task<long> TakeBackUnsent(TicketWork work, Guid id, CancellationToken cancel)
    {
        var ids = (long[])(await Run(
            work.Connection,
            """
            select coalesce(array_agg(ticket_id), '{}') from (
                select d.ticket_id from deliveries d
                where d.ticket_id in (select id from tickets where requester_id = $1) and d.customer_id = $1 and d.kind = 'follow_up' and d.state in ('queued', 'failed')
                group by d.ticket_id
                -- What others are told besides her is told.
                having bool_and(not exists (select from deliveries c where c.copy_of = d.id and c.customer_id <> $1 and c.state in ('queued', 'failed', 'sent')))) as hers
            """,
            id, cancel))!;
        if (ids.Length > 0) await work.Lock(ids, cancel);
        foreach (var ticket in work.Tickets)
        {
            await work.WithdrawUnsentFollowUps(ticket, _ => true, cancel);
            // What is written back with the clocks must not bring back what is erased.
            (ticket.Subject, ticket.CustomFields, ticket.ExternalRef, ticket.ExternalSource, ticket.Watchers, ticket.Reason) = (Redaction.Erased, "{}", null, null, [], null);
        }

        work.LeaveUnchanged();
        return (long)(await Run(work.Connection, "select count(*) from tickets where requester_id = $1", id, cancel))!;
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string sql, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteScalarAsync(cancel);
    }
}
