using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Search;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>A ticket as it stands now.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Status">new (no agent has replied or taken it), open, waiting_on_customer, on_hold, resolved, closed.</param>
/// <param name="Priority">low, normal, high, urgent.</param>
/// <param name="Channel">Where it came from.</param>
/// <param name="Queue">The queue it lies in.</param>
/// <param name="Category">Its category.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CustomFields">Fields of the frontend's own.</param>
/// <param name="ExternalRef">What another system calls it.</param>
/// <param name="ExternalSource">Which system that is.</param>
/// <param name="CreatedBy">Who made it: customer, agent or system.</param>
/// <param name="RequesterId">The customer who waits.</param>
/// <param name="Requester">The same, with what is needed to show her.</param>
/// <param name="OrganisationId">The organisation that the customer belonged to when it was made.</param>
/// <param name="Assignee">Who has it: the id of an active agent (GET /v1/agents), or any name of your own that is no id. Example: "anna".</param>
/// <param name="Reason">Why it takes longer; said in what the customer is written.</param>
/// <param name="Watchers">Who is sent copies of agents' public messages and of the resolution.</param>
/// <param name="ContinuesId">The ticket that this one continues: a message on it came after its reopening window.</param>
/// <param name="MergedIntoId">The ticket that goes on in place of this one.</param>
/// <param name="PolicyId">The policy it was promised by; null when none matched.</param>
/// <param name="PolicyVersion">That policy's version.</param>
/// <param name="Commitments">What is owed and was owed, in the order it began.</param>
/// <param name="Recovery">True: a promise was broken, and what it promised is still owed (GET /v1/tickets/{id}/recoveries).</param>
/// <param name="NextPromise">The promise that comes up first.</param>
/// <param name="PublicUrl">The address of the customer's own page of this ticket, for mails and frontends; whoever has it can read the page and answer there. Null once it was revoked.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="ResolvedAt">When it was last resolved.</param>
/// <param name="ClosedAt">When it was closed.</param>
public sealed record TicketResponse(
    long Id,
    string Subject,
    TicketStatus Status,
    Priority Priority,
    string Channel,
    string? Queue,
    string? Category,
    IReadOnlyList<string> Tags,
    JsonElement CustomFields,
    string? ExternalRef,
    string? ExternalSource,
    Author CreatedBy,
    Guid RequesterId,
    TicketRequester Requester,
    Guid? OrganisationId,
    string? Assignee,
    string? Reason,
    IReadOnlyList<string> Watchers,
    long? ContinuesId,
    long? MergedIntoId,
    Guid? PolicyId,
    int? PolicyVersion,
    IReadOnlyList<CommitmentResponse> Commitments,
    bool Recovery,
    NextPromise? NextPromise,
    string? PublicUrl,
    Instant CreatedAt,
    Instant UpdatedAt,
    Instant? ResolvedAt,
    Instant? ClosedAt)
{
    /// <summary>Where it matches what was looked for; only in a list that was asked for words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchMatch? Search { get; init; }

    internal static TicketResponse Of(Ticket ticket, Instant asOf, DeskSettings desk) => new(
        ticket.Id, ticket.Subject, ticket.Status, ticket.Priority, ticket.Channel, ticket.Queue, ticket.Category, ticket.Tags,
        JsonSerializer.Deserialize<JsonElement>(ticket.CustomFields), ticket.ExternalRef, ticket.ExternalSource, ticket.CreatedBy, ticket.Requester.Id,
        new TicketRequester(ticket.Requester.Id, ticket.Requester.Email, ticket.Requester.Name, ticket.Requester.Locale, ticket.Requester.TimeZone),
        ticket.OrganisationId, ticket.Assignee, ticket.Reason, ticket.Watchers, ticket.ContinuesId, ticket.MergedIntoId, ticket.Policy?.Key.PolicyId, ticket.Policy?.Key.PolicyVersion,
        ticket.Clock.View(asOf, ticket.Ledger),
        ticket.Clock.Commitments.Any(commitment => commitment.IsInRecovery()),
        ticket.NextPromise is var (commitment, promise)
            ? new NextPromise(commitment.Kind, promise.PromisedAt, ticket.Ledger.WordsOf(commitment, promise))
            : null,
        desk.PageOf(ticket.PageToken), ticket.CreatedAt, ticket.UpdatedAt, ticket.Clock.ResolvedAt, ticket.ClosedAt);
}

/// <summary>The customer who waits.</summary>
/// <param name="Id">Names the customer.</param>
/// <param name="Email">Where she is written to.</param>
/// <param name="Name">What she is called.</param>
/// <param name="Locale">The language she reads.</param>
/// <param name="TimeZone">The zone her dates are written in.</param>
public sealed record TicketRequester(Guid Id, string? Email, string? Name, string? Locale, string? TimeZone);

/// <summary>A promise that stands.</summary>
/// <param name="Kind">What is promised.</param>
/// <param name="PromisedAt">By when, inclusive.</param>
/// <param name="Words">What the customer was told.</param>
public sealed record NextPromise(CommitmentKind Kind, Instant PromisedAt, string Words);
