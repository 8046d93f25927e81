using HelpDesk.Access;
using HelpDesk.Attachments;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>A message to be written on a ticket.</summary>
/// <param name="Author">Who wrote it: customer, agent or system. Only a human agent's public message fulfils anything.</param>
/// <param name="Body">What it says. Example: "We are on it.".</param>
/// <param name="Visibility">public (the default; the customer is written to) or internal.</param>
/// <param name="AuthorId">Who exactly, as your system names her. Left out of an agent's message, it is the agent whose key or token wrote it. Example: "agent-7".</param>
/// <param name="Automated">Whether a machine wrote it (a vacation notice, a bounce): then it starts, fulfils and reopens nothing.</param>
/// <param name="Fulfils">The id of a callback, or of its promise, that this reply fulfils.</param>
/// <param name="Status">The ticket's status after it, in the same transaction; the message counts first: after an agent's public reply a ticket is not new.</param>
/// <param name="Attachments">Ids of uploaded files of this ticket, or of one that was merged into it, that no message has yet, each once; who may read the message may have them.</param>
[Example("""{ "author": "agent", "authorId": "anna", "body": "We have sent you a new toner.", "status": "waiting_on_customer" }""")]
public sealed record PostMessageRequest(
    Author Author,
    [property: Required, StringLength(200_000, MinimumLength = 1)] string Body,
    Visibility Visibility = Visibility.Public,
    [property: StringLength(200, MinimumLength = 1)] string? AuthorId = null,
    bool Automated = false,
    Guid? Fulfils = null,
    TicketStatus? Status = null,
    [property: MaxLength(100)] IReadOnlyList<Guid>? Attachments = null);

/// <summary>A message on a ticket.</summary>
/// <param name="Id">Names the message.</param>
/// <param name="TicketId">The ticket it is on: another than asked for when it came too late to reopen that one, and so opened a new one, or when that one has been merged.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthorId">Who exactly.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Automated">Whether a machine wrote it.</param>
/// <param name="Body">What it says.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record MessageResponse(
    Guid Id, long TicketId, Author Author, string? AuthorId, Visibility Visibility, bool Automated, string Body, Instant CreatedAt)
{
    /// <summary>The files that it carries.</summary>
    public IReadOnlyList<AttachmentResponse> Attachments { get; init; } = [];

    internal static MessageResponse Of(NewMessage message) => new(
        message.Id, message.TicketId, message.Author, message.AuthorId, message.Visibility, message.Automated, message.Body, message.At);
}

internal static class PostMessage
{
    /// <summary>Post a message</summary>
    /// <remarks>
    /// A customer's message on a ticket that is closed, or was resolved longer ago than the reopening window, opens a new ticket linked to it: the
    /// answer's ticketId says which. So it does where the ticket has been merged: the message is posted to the one that goes on in its place.
    /// </remarks>
    public static async Task<Created<MessageResponse>> Handle(
        long id, PostMessageRequest request, HttpContext http, TicketDesk desk, OpenTicket open, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        Check(request);
        var now = await clock.Now(cancel);
        Ticket? asked = null;
        await using var work = await TicketWork.BeginFollowing(desk, now, id, first => http.RequireMatch((asked = first).RowVersion), caller, cancel);
        now = work.Now;
        var ticket = work.Only();
        long? writtenOn = ticket.Id == id ? null : id;
        id = ticket.Id;
        if (OpensAnother(request, ticket, now))
        {
            // Whether it may carry them is found out before anything is made; undone with this transaction.
            await AttachmentLog.Carry(work.Connection, id, Ids.New(now), request.Attachments, cancel);
            // Its own transaction, on a connection of its own.
            await work.DisposeAsync();
            // What a customer of a merged ticket writes is hers, and no word of it the other customer's.
            return await Continue(asked!.Requester.Id == ticket.Requester.Id ? ticket : asked, request, http, desk, open, now, caller, cancel);
        }

        var before = ticket.Status;
        var untold = await TakeBack(work, ticket, request, cancel);
        ticket.Ledger.Apply(new MessagePosted(now, request.Author, request.Visibility, request.Automated, FulfilledCycle(ticket, request.Fulfils)));
        if (request.Status is { } status) ChangeTicket.SetStatus(ticket, status, now);
        var message = new NewMessage(Ids.New(now), id, request.Author, AuthorId(request, caller), request.Visibility, request.Automated, request.Body, now) { WrittenOn = writtenOn };
        var attachments = await AttachmentLog.Carry(work.Connection, id, message.Id, request.Attachments, cancel);
        work.Post(message);
        work.Note(new NewEvent("message.created", now, caller.Id, http.TraceIdentifier, TicketEvents.Message(message), id));
        ChangeTicket.NoteStatus(work, ticket, before, caller.Id, http.TraceIdentifier);
        var letters = LettersFor(ticket, message, before, untold).ToList();
        if (letters is [{ IsAutomaticReply: true }] && untold.Count == 0 && await AutomaticReplies.AreUsedUp(work, ticket, desk.Settings, cancel)) letters.Clear();
        work.NameNews(ticket, isTold: letters.Count > 0);
        foreach (var letter in letters)
        {
            // What waits for the end of quiet hours would come after the answer, with dates that hold no more: it goes before it.
            if (letter.IsAnswer && ticket.IsQuiet(now, desk.Settings.Zone)) work.Add(Outbox.LetGo(id, now));
            work.Send(ticket, letter);
        }

        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion + 1, ticket.Requester.Version);
        return TypedResults.Created($"/v1/tickets/{id}/messages/{message.Id}", MessageResponse.Of(message) with { Attachments = attachments });
    }

    private static string? AuthorId(PostMessageRequest request, Caller caller) =>
        request.AuthorId ?? (request.Author == Author.Agent ? caller.AgentId?.ToString() : null);

    private static void Check(PostMessageRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Body)) errors["body"] = ["must not be blank"];
        if (request.Author == Author.Customer && request.Visibility == Visibility.Internal) errors["visibility"] = ["must be public: a customer writes to the desk, not within it"];
        if (request.Fulfils is not null && (request.Author != Author.Agent || request.Visibility == Visibility.Internal || request.Automated))
        {
            errors["fulfils"] = ["needs a public message of a human agent"];
        }

        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private static bool OpensAnother(PostMessageRequest request, Ticket ticket, Instant now) =>
        request is { Author: Author.Customer, Automated: false } && !ticket.Clock.TakesCustomerMessage(now);

    private static async Task<Created<MessageResponse>> Continue(
        Ticket old, PostMessageRequest request, HttpContext http, TicketDesk desk, OpenTicket open, Instant now, Caller caller, CancellationToken cancel)
    {
        var opening = new OpenTicketRequest(
            old.Subject, request.Body, null, old.Requester.Id, old.Channel, old.Queue, old.Priority, old.Category, old.Tags,
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(old.CustomFields), Watchers: old.Watchers);
        var (ticket, message) = await open.Open(opening, old.Id, now, caller.Id, http.TraceIdentifier, cancel);
        var attachments = await AttachmentLog.CarryToAnother(desk.Database, ticket.Id, message!.Id, request.Attachments, old.Id, cancel);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        return TypedResults.Created($"/v1/tickets/{ticket.Id}/messages/{message.Id}", MessageResponse.Of(message) with { Attachments = attachments });
    }

    /// <summary>An agent's answer takes back what has not left; so does the end of the matter, and a pause, whoever brings them.</summary>
    private static async Task<IReadOnlyList<LetterItem>> TakeBack(TicketWork work, Ticket ticket, PostMessageRequest request, CancellationToken cancel)
    {
        var isAnswer = request is { Author: Author.Agent, Visibility: Visibility.Public, Automated: false };
        var named = FulfilledCycle(ticket, request.Fulfils);
        return await work.WithdrawUnsentFollowUps(
            ticket,
            commitment => (isAnswer && (commitment.IsResponse || commitment.Kind == CommitmentKind.Update))
                || (commitment.Kind == CommitmentKind.Callback && commitment.Cycle == named)
                || (request.Status is { } status && ChangeTicket.Settles(commitment, status)),
            cancel);
    }

    private static int? FulfilledCycle(Ticket ticket, Guid? fulfils)
    {
        if (fulfils is not { } id) return null;
        return ticket.Callback(id)?.Cycle
            ?? throw Refusal.Impossible("no-such-callback", $"There is no open callback on this ticket that {id} names.");
    }

    private static IEnumerable<Letter> LettersFor(Ticket ticket, NewMessage message, TicketStatus before, IReadOnlyList<LetterItem> untold)
    {
        var effect = $"message:{message.Id}";
        // Not for the customer to read; what it did to her promises is.
        if (message.Automated || message.Visibility == Visibility.Internal || message.Author == Author.System) return ticket.LettersOfChange(before, untold, effect);
        IReadOnlyList<LetterItem> promises = [.. ticket.NewPromises(), .. ticket.Standing(untold)];
        if (message.Author == Author.Agent)
        {
            var kind = ticket.Status == TicketStatus.Resolved && before != TicketStatus.Resolved ? MessageKind.Resolution : MessageKind.Reply;
            return [new Letter(kind, effect, promises) { Body = message.Body }];
        }

        // What the customer wrote is acknowledged where it made a difference to what she was promised.
        if (promises.Count == 0) return [];
        return [new Letter(before == TicketStatus.Resolved ? MessageKind.Reopened : MessageKind.Acknowledgement, effect, promises) { IsAutomaticReply = true }];
    }
}
