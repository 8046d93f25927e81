using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Queues;
using HelpDesk.Search;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>Opens a ticket: one round trip to learn what must be known, one that writes everything, or nothing.</summary>
internal sealed class OpenTicket(TicketDesk desk, PolicyShelf policies, KnownQueues queues, DeskSettings settings, SearchLanguages languages)
{
    private const int MostTries = 3;

    /// <summary>Post a ticket</summary>
    /// <remarks>
    /// The first policy that covers the ticket promises; the customer is told the dates in the acknowledgement. A ticket that no policy covers is made
    /// without commitments. The id of a customer who was merged into another stands for the one that is left. Refused (422) for an assignee that is an id but of
    /// no active agent (no-such-agent) and, where Tickets:KnownQueuesOnly is set, for a queue that is not registered (no-such-queue).
    /// </remarks>
    public static async Task<Created<TicketResponse>> Handle(
        OpenTicketRequest request, HttpContext http, OpenTicket open, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        TicketRules.Check(request);
        caller.MustSee(request.Queue);
        var now = await clock.Now(cancel);
        var (ticket, _) = await open.Open(request, null, now, caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        return TypedResults.Created($"/v1/tickets/{ticket.Id}", TicketResponse.Of(ticket, now, open.Settings));
    }

    private DeskSettings Settings => settings;

    /// <param name="continues">The ticket that this one continues.</param>
    /// <param name="hasFields">False where whoever wrote had no way to give custom fields: required ones may be missing.</param>
    public async Task<(Ticket Ticket, NewMessage? Message)> Open(
        OpenTicketRequest request, long? continues, Instant now, string actor, string? requestId, CancellationToken cancel, bool hasFields = true)
    {
        for (var tries = 1; ; tries++)
        {
            await using var part = await DeskTransaction.Join(cancel);
            try
            {
                var opened = await TryOpen(request, continues, hasFields, now, actor, requestId, cancel);
                if (part is not null) await part.CommitAsync(cancel);
                return opened;
            }
            // Somebody else made the same customer in the meantime, or merged or erased her, or deleted her organisation: look again.
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.NotNullViolation && tries < MostTries)
            {
            }
            catch (PostgresException error) when (ExternalNames.IsTaken(error))
            {
                if (part is not null) await part.DisposeAsync();
                throw await ExternalNames.Refuse(desk.Database, request.ExternalSource, request.ExternalRef, cancel);
            }
        }
    }

    private async Task<(Ticket Ticket, NewMessage? Message)> TryOpen(
        OpenTicketRequest request, long? continues, bool hasFields, Instant now, string actor, string? requestId, CancellationToken cancel)
    {
        await desk.Templates.Refresh(connection: null, cancel);
        // A ticket that goes on in the place of another keeps its queue, registered or not.
        var placement = new Placement(queues.Only && continues is null ? request.Queue : null, request.Assignee);
        var opening = await Opening.Read(
            desk.Database, policies, placement, request.RequesterId, CustomerRules.EmailOf(request.Requester?.Email), now - AutomaticReplies.Within, settings.AcknowledgementsPerHour, cancel);
        if (request.RequesterId is { } id && opening.Known is null) throw TicketRules.NoCustomer(id);
        // What a customer writes too late is taken under the fields of the ticket it continues.
        if (continues is null && hasFields) opening.Fields.Check(request.CustomFields);
        var requester = Complete(opening.Known, opening.Joins, request.Requester, now);
        var isAnswered = !request.Automated && (request.CreatedBy == Author.Agent || opening.OpenedLately < settings.AcknowledgementsPerHour);
        var ticket = Make(request, continues, requester, opening, isAnswered, now);
        await using var batch = desk.Database.JoinedBatch();
        if (requester != opening.Known) Opening.AppendCustomer(batch, requester, opening.Known is null, now);
        AppendTicket(batch, ticket);
        var (message, letter, copies) = await Words(request, ticket, isAnswered, now, cancel);
        if (message is not null) MessageLog.Append(batch, [message]);
        TicketTexts.Append(batch, ticket.Id, languages.For(requester.Locale), ticket.Subject, message?.Body);
        LedgerWriter.Append(batch, [ticket.Ledger], actor, requestId, [.. Events(ticket, opening.Known, message, now, actor, requestId)]);
        if (letter is not null) Outbox.Insert(batch, letter, now);
        Outbox.InsertMany(batch, copies, now);
        await batch.ExecuteNonQueryAsync(cancel);
        RequestTransaction.AfterCommit(() =>
        {
            desk.Meter.Happened([ticket.Ledger]);
            if (letter is not null || copies.Count > 0) desk.MailBell.Ring();
            desk.SweepBell.RingFor([ticket], now);
        });
        return (ticket, message);
    }

    /// <summary>What the desk knows of the customer stays; what it did not know is taken from the request.</summary>
    private static Requester Complete(Requester? known, JoinedOrganisation? joins, RequesterDefinition? given, Instant now) => known is null
        ? new Requester(
            Ids.New(now), CustomerRules.EmailOf(given?.Email), given?.Name?.Trim(), given?.Locale, given?.TimeZone, joins?.Tier, "email", null, null, false, false, joins?.Id)
        : known with { Name = known.Name ?? given?.Name?.Trim(), Locale = known.Locale ?? given?.Locale, TimeZone = known.TimeZone ?? given?.TimeZone } is var complete && complete != known
            ? complete with { Version = known.Version + 1 } : known;

    private Ticket Make(OpenTicketRequest request, long? continues, Requester requester, Opening opening, bool isAnswered, Instant now)
    {
        var channel = request.Channel ?? OpenTicketRequest.DefaultChannel;
        var tags = request.Tags?.Distinct().ToList() ?? [];
        var policy = opening.Policies.For(new Matter(request.Priority, request.Queue, channel, request.Category, tags, requester.Tier, requester.Locale));
        var status = request.CreatedBy == Author.Agent || request.Assignee is not null ? TicketStatus.Open : TicketStatus.New;
        var opened = new TicketOpened(now, request.CreatedBy, status, request.Priority, request.Body is not null, request.Automated);
        var token = Ticket.MakeToken();
        var ticket = new Ticket
        {
            Id = opening.Number,
            RowVersion = 1,
            Subject = request.Subject.Trim(),
            Channel = channel,
            Queue = request.Queue,
            Category = request.Category,
            Tags = tags,
            CustomFields = request.CustomFields is null ? "{}" : JsonSerializer.Serialize(request.CustomFields, JsonConventions.Options),
            ExternalRef = request.ExternalRef,
            ExternalSource = request.ExternalSource,
            Watchers = TicketRules.Watchers(request.Watchers, requester),
            CreatedBy = request.CreatedBy,
            Assignee = Placement.AssigneeOf(request.Assignee),
            PublicToken = token,
            PageToken = token,
            ContinuesId = continues,
            Policy = policy,
            CreatedAt = now,
            UpdatedAt = now,
            Requester = requester,
            OrganisationId = requester.OrganisationId,
            Ledger = Ledger.Open(opening.Number, opened, policy?.Rules, requester.Quiet(settings.Zone)),
        };
        // What is promised on the ticket of somebody who is not answered is not told to anybody yet.
        ticket.Ledger.NameNews(now, isAnswered ? requester.Channel : null, (commitment, promise) => desk.Letters.Say(ticket, commitment, promise));
        return ticket;
    }

    private async Task<(NewMessage? Message, OutgoingMessage? Letter, IReadOnlyList<OutgoingMessage> Copies)> Words(OpenTicketRequest request, Ticket ticket, bool isAnswered, Instant now, CancellationToken cancel)
    {
        var message = request.Body is null ? null : new NewMessage(
            Ids.New(now), ticket.Id, request.CreatedBy, null, Visibility.Public, request.Automated, request.Body, now);
        // A machine is not answered by a machine.
        if (!isAnswered || LetterFor(request, ticket, message) is not { } letter) return (message, null, []);
        return (message, desk.Letters.Write(ticket, Addressee.Of(ticket), letter, now), await Copies(ticket, letter, now, cancel));
    }

    private async Task<IReadOnlyList<OutgoingMessage>> Copies(Ticket ticket, Letter letter, Instant now, CancellationToken cancel)
    {
        if (!WatcherCopies.AreOwed(ticket, letter)) return [];
        if (RequestTransaction.Current is { } request) return await WatcherCopies.Write(request.Connection, desk.Letters, [(ticket, letter)], now, cancel);
        await using var connection = await desk.Database.OpenConnectionAsync(cancel);
        return await WatcherCopies.Write(connection, desk.Letters, [(ticket, letter)], now, cancel);
    }

    private static Letter? LetterFor(OpenTicketRequest request, Ticket ticket, NewMessage? message)
    {
        var promises = ticket.NewPromises();
        if (request.CreatedBy != Author.Agent) return new Letter(MessageKind.Acknowledgement, $"acknowledgement:{ticket.Id}", promises) { IsAutomaticReply = true };
        if (message is not null) return new Letter(MessageKind.Reply, $"message:{message.Id}", promises) { Body = request.Body };
        return promises.Count == 0 ? null : new Letter(MessageKind.Promise, $"opening:{ticket.Id}", promises);
    }

    private static IEnumerable<NewEvent> Events(Ticket ticket, Requester? known, NewMessage? message, Instant now, string actor, string? requestId)
    {
        if (ticket.Requester != known)
        {
            yield return new NewEvent(known is null ? "customer.created" : "customer.updated", now, actor, requestId, TicketEvents.Customer(known, ticket.Requester));
        }

        yield return new NewEvent("ticket.created", now, actor, requestId, TicketEvents.Created(ticket), ticket.Id);
        if (message is not null) yield return new NewEvent("message.created", now, actor, requestId, TicketEvents.Message(message), ticket.Id);
    }

    public static void AppendTicket(NpgsqlBatch batch, Ticket ticket)
    {
        var command = new NpgsqlBatchCommand(
            """
            insert into tickets (id, row_version, subject, status, priority, channel, queue, category, tags, custom_fields, external_ref, created_by,
                requester_id, assignee, public_token, continues_id, policy_id, policy_version, calendar_id, calendar_version, clock, next_promised_at,
                created_at, updated_at, organisation_id, external_source, watchers, states)
            values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
                -- None, and so a failure, where she has been merged or erased since she was looked for.
                (select id from customers where id = $12 and erased_at is null for key share),
                $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22, $23, $24, $25, $26)
            """);
        new Values(command.Parameters)
            .Bigint(ticket.Id)
            .Text(ticket.Subject)
            .Text(ticket.Status.Word())
            .Text(ticket.Priority.Word())
            .Text(ticket.Channel)
            .Text(ticket.Queue)
            .Text(ticket.Category)
            .Texts(ticket.Tags)
            .Json(ticket.CustomFields)
            .Text(ticket.ExternalRef)
            .Text(ticket.CreatedBy.Word())
            .Uuid(ticket.Requester.Id)
            .Text(ticket.Assignee)
            .Text(ticket.PublicToken)
            .Bigint(ticket.ContinuesId)
            .Uuid(ticket.Policy?.Key.PolicyId)
            .Integer(ticket.Policy?.Key.PolicyVersion)
            .Uuid(ticket.Policy?.Key.CalendarId)
            .Integer(ticket.Policy?.Key.CalendarVersion)
            .Json(ClockDocument.Write(ticket.Clock))
            .Instant(ticket.NextPromise?.Promise.PromisedAt)
            .Instant(ticket.CreatedAt)
            .Uuid(ticket.OrganisationId)
            .Text(ticket.ExternalSource)
            .Texts(ticket.Watchers)
            .Integer(StateFilter.BitsOf(ticket.Clock.Commitments));
        batch.BatchCommands.Add(command);
    }
}
