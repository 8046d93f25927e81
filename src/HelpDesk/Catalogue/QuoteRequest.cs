using System.ComponentModel.DataAnnotations;
using HelpDesk.Deadlines;
using HelpDesk.Tickets;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Catalogue;

/// <summary>A request that somebody thinks of making. What is left out is as for a ticket that leaves it out.</summary>
/// <param name="Queue">The queue it would go to. Example: "billing".</param>
/// <param name="Priority">low, normal (the default), high, urgent.</param>
/// <param name="Channel">Where it would come from. Default "api". Example: "web".</param>
/// <param name="Category">Its category. Example: "hardware".</param>
/// <param name="Tier">The customer's tier. Example: "gold".</param>
/// <param name="Locale">The customer's language, BCP 47: policies may look at it, and the words are in it. Without it they are in the language asked for. Example: "fi".</param>
/// <param name="At">When it would be made, within ten years of now; now, if left out.</param>
/// <param name="Tags">Its tags. Example: ["printer"].</param>
/// <param name="TimeZone">The IANA time zone in which dates are written; the desk's, if left out. Example: "Europe/Helsinki".</param>
[Example("""{ "queue": "billing", "priority": "high", "channel": "web", "locale": "fi", "timeZone": "Europe/Helsinki" }""")]
public sealed record QuoteRequest(
    [property: StringLength(200, MinimumLength = 1)] string? Queue = null,
    Priority Priority = Priority.Normal,
    [property: StringLength(50, MinimumLength = 1)] string? Channel = null,
    [property: StringLength(200, MinimumLength = 1)] string? Category = null,
    [property: StringLength(200, MinimumLength = 1)] string? Tier = null,
    [property: StringLength(35)] string? Locale = null,
    Instant? At = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Tags = null,
    [property: StringLength(100)] string? TimeZone = null);

/// <summary>What would be promised.</summary>
/// <param name="Policy">
/// The policy that would apply. Null where none covers the request, and then nothing is promised; and where it is not published, unless the caller has a key with the
/// scope policies:read.
/// </param>
/// <param name="Commitments">What would be owed, in the order it would begin.</param>
/// <param name="NextPromise">The promise that would come up first; null where there is none.</param>
public sealed record QuoteResponse(QuotedPolicy? Policy, IReadOnlyList<QuotedCommitment> Commitments, NextPromise? NextPromise);

/// <summary>The policy that would apply.</summary>
/// <param name="Id">Names the policy.</param>
/// <param name="Version">Which of its versions.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is about.</param>
public sealed record QuotedPolicy(Guid Id, int Version, string Name, string? Description);

/// <summary>What would be owed.</summary>
/// <param name="Kind">What.</param>
/// <param name="DueAt">The target; null where the clock would stand still.</param>
/// <param name="PromisedAt">By when the customer would be promised it; null where the clock would stand still.</param>
/// <param name="Words">What she would be told; null where the clock would stand still.</param>
public sealed record QuotedCommitment(CommitmentKind Kind, Instant? DueAt, Instant? PromisedAt, string? Words);
