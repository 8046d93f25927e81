using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using System.ComponentModel.DataAnnotations;

namespace HelpDesk.Tickets;

/// <summary>Which messages are a matter of their own.</summary>
/// <param name="MessageIds">1 to 500 messages of the ticket; at least one must stay. Example: ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"].</param>
/// <param name="Subject">What the new ticket is about, on one line; the old one's subject, if left out. Example: "Toner is empty".</param>
[Example("""{ "messageIds": ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"], "subject": "Toner is empty" }""")]
public sealed record SplitRequest(
    [property: MinLength(1), MaxLength(500)] IReadOnlyList<Guid> MessageIds,
    [property: StringLength(500, MinimumLength = 1)] string? Subject = null);

internal static class SplitTicket
{
    private static readonly string[] NotHere = ["must be a message of this ticket"];

    private sealed record Moving(Guid Id, Author Author, Visibility Visibility, bool Automated)
    {
        public bool Counts => Visibility == Visibility.Public && !Automated && Author != Author.System;
    }

    /// <summary>Split messages off into a ticket of their own</summary>
    /// <remarks>
    /// The new ticket has the old one's customer, queue, priority, category, tags, fields, assignee and watchers, is linked to it, and its clocks start now,
    /// by the policy that covers it; the customer is told its number and what is promised. Somebody waits for an answer on it if the last of the public
    /// messages is the customer's. What was promised on the old ticket stays promised there. Refused: where nothing would stay (409, split-takes-all), on a
    /// merged ticket (409, ticket-merged), and for messages that are not on the ticket (422, unknown-message).
    /// </remarks>
    public static async Task<Created<TicketResponse>> Handle(
        long id, SplitRequest request, HttpContext http, TicketDesk desk, PolicyShelf policies, DeskSettings settings, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        Check(request);
        await using var work = await TicketWork.Begin(desk, await clock.Now(cancel), [id], caller, cancel);
        var old = work.Only();
        http.RequireMatch(old.RowVersion);
        if (old.MergedIntoId is { } survivor) throw MergeRules.Merged(id, survivor);
        var moving = await Messages(work.Connection, id, request.MessageIds, cancel);
        var ticket = await Make(work, old, moving, request.Subject?.Trim() ?? old.Subject, policies, settings, cancel);
        work.Open(ticket);
        work.Add(Move(ticket.Id, moving));
        Note(work, old, ticket, moving, caller.Id, http.TraceIdentifier);
        work.Add(LinkTickets.Insert(new TicketLink(Ids.New(work.Now), LinkType.Relates, ticket.Id, id, work.Now)));
        if (LetterFor(ticket) is { } letter) work.SendTo(Addressee.Of(ticket), ticket, letter);
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        return TypedResults.Created($"/v1/tickets/{ticket.Id}", TicketResponse.Of(ticket, work.Now, settings));
    }

    private static void Check(SplitRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Subject is not null) TicketRules.CheckSubject(request.Subject, errors);
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private static async Task<IReadOnlyList<Moving>> Messages(NpgsqlConnection connection, long id, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select id, author, visibility, automated from messages where ticket_id = $1 and id = any ($2) order by sequence", connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(ids.ToArray());
        var found = new List<Moving>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                found.Add(new Moving(row.GetGuid(0), Conventions.FromWord<Author>(row.GetString(1)), Conventions.FromWord<Visibility>(row.GetString(2)), row.GetBoolean(3)));
            }
        }

        var unknown = ids.Index().Where(pair => !found.Exists(message => message.Id == pair.Item))
            .ToDictionary(pair => $"messageIds[{pair.Index}]", _ => NotHere);
        if (unknown.Count > 0)
        {
            throw new Refusal(StatusCodes.Status422UnprocessableEntity, "unknown-message", "Well-formed, but impossible", "Some of these messages are not on this ticket.", unknown);
        }

        await using var rest = new NpgsqlCommand("select count(*) from messages where ticket_id = $1", connection) { Parameters = { new() { Value = id } } };
        if ((long)(await rest.ExecuteScalarAsync(cancel))! == found.Count) throw Refusal.Conflict("split-takes-all", "A split leaves at least one message on the ticket.");
        return found;
    }

    private static async Task<Ticket> Make(
        TicketWork work, Ticket old, IReadOnlyList<Moving> moving, string subject, PolicyShelf policies, DeskSettings settings, CancellationToken cancel)
    {
        await using var number = new NpgsqlCommand("select nextval('ticket_numbers')", work.Connection);
        var id = (long)(await number.ExecuteScalarAsync(cancel))!;
        var policy = (await policies.InForce(work.Connection, cancel)).For(old.Matter);
        var last = moving.LastOrDefault(message => message.Counts)?.Author;
        var status = last == Author.Customer && old.Assignee is null ? TicketStatus.New : TicketStatus.Open;
        var opened = new TicketOpened(work.Now, last ?? Author.Agent, status, old.Priority, last is not null);
        var token = Ticket.MakeToken();
        return new Ticket
        {
            Id = id,
            RowVersion = 1,
            Subject = subject,
            Channel = old.Channel,
            Queue = old.Queue,
            Category = old.Category,
            Tags = old.Tags,
            CustomFields = old.CustomFields,
            CreatedBy = moving.FirstOrDefault(message => message.Counts)?.Author ?? Author.Agent,
            Assignee = old.Assignee,
            Watchers = old.Watchers,
            PublicToken = token,
            PageToken = token,
            Policy = policy,
            CreatedAt = work.Now,
            UpdatedAt = work.Now,
            Requester = old.Requester,
            OrganisationId = old.OrganisationId,
            Ledger = Ledger.Open(id, opened, policy?.Rules, old.Requester.Quiet(settings.Zone)),
        };
    }

    private static NpgsqlBatchCommand Move(long to, IReadOnlyList<Moving> moving) => new(
        "update messages set ticket_id = $1, written_on = coalesce(written_on, ticket_id) where id = any ($2)")
    {
        Parameters = { new() { Value = to }, new() { Value = moving.Select(message => message.Id).ToArray() } },
    };

    private static void Note(TicketWork work, Ticket old, Ticket ticket, IReadOnlyList<Moving> moving, string actor, string? requestId)
    {
        var data = TicketEvents.Split(old, ticket, [.. moving.Select(message => message.Id)]);
        work.Note(new NewEvent("ticket.split", work.Now, actor, requestId, data, old.Id));
        work.Note(new NewEvent("ticket.created", work.Now, actor, requestId, TicketEvents.Created(ticket), ticket.Id));
        work.Note(new NewEvent("ticket.split", work.Now, actor, requestId, data, ticket.Id));
    }

    private static Letter? LetterFor(Ticket ticket)
    {
        var promises = ticket.NewPromises();
        if (ticket.Clock.OldestUnanswered is not null) return new Letter(MessageKind.Acknowledgement, $"acknowledgement:{ticket.Id}", promises);
        return promises.Count == 0 ? null : new Letter(MessageKind.Promise, $"opening:{ticket.Id}", promises);
    }
}
