using System.Buffers.Text;
using System.Security.Cryptography;
using HelpDesk.Access;
using HelpDesk.Advisories;
using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Policies;

namespace HelpDesk.Tickets;

/// <summary>A ticket being worked on: its row, its customer, and its ledger. The row is locked while one of these is at hand for writing.</summary>
internal sealed class Ticket
{
    public required long Id { get; init; }

    public required long RowVersion { get; init; }

    public required string Subject { get; set; }

    public required string Channel { get; init; }

    public string? Queue { get; set; }

    public string? Category { get; set; }

    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>JSON.</summary>
    public string CustomFields { get; set; } = "{}";

    public string? ExternalRef { get; set; }

    public string? ExternalSource { get; set; }

    /// <summary>Addresses, in lower case, none of them the requester's.</summary>
    public IReadOnlyList<string> Watchers { get; set; } = [];

    public required Author CreatedBy { get; init; }

    public string? Assignee { get; set; }

    public string? Reason { get; set; }

    /// <summary>Those that hold now, whatever they cover, the newest first. Read for what tells the customer why it takes longer, and for nothing else.</summary>
    public IReadOnlyList<KnownAdvisory> Advisories { get; set; } = [];

    /// <summary>The newest of them that covers the matter as one customer's: another's tier or locale is nothing that hers may tell her of.</summary>
    public KnownAdvisory? AdvisoryFor(Requester person) => Advisories.FirstOrDefault(advisory => advisory.Covers(Matter with { Tier = person.Tier, Locale = person.Locale }));

    /// <summary>Names the ticket in its mails' threads, and its page until it is given another address.</summary>
    public required string PublicToken { get; init; }

    /// <summary>Whoever has it sees the customer's page; null once nobody may.</summary>
    public required string? PageToken { get; set; }

    /// <summary>144 random bits.</summary>
    public static string MakeToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    public long? ContinuesId { get; init; }

    public ShelvedPolicy? Policy { get; set; }

    public required Instant CreatedAt { get; init; }

    public required Instant UpdatedAt { get; set; }

    public Instant? ClosedAt { get; set; }

    public required Requester Requester { get; init; }

    /// <summary>The requester's when the ticket was opened.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>When it is closed of itself: a time after the resolution that its policy says. Null while it is not resolved.</summary>
    public Instant? CloseAt(Duration withoutPolicy) =>
        Status != TicketStatus.Resolved ? null
        : Clock.ResolvedAt + (Policy is null ? withoutPolicy : Policy.Definition.CloseAfter?.Value ?? PolicyDefinition.DefaultCloseAfter);

    /// <summary>Others who were promised the same: the requesters of tickets that were merged into this one. Read for writing alone.</summary>
    public IReadOnlyList<Addressee> AlsoPromised { get; set; } = [];

    /// <summary>The channel that somebody who was promised anything can be reached by; null when nobody can.</summary>
    public string? ReachedBy => Requester.Channel ?? AlsoPromised.Select(other => other.Person.Channel).FirstOrDefault(channel => channel is not null);

    /// <summary>Whether somebody who was promised anything has quiet hours now.</summary>
    public bool IsQuiet(Instant now, DateTimeZone otherwise) => AlsoPromised.Select(other => other.Person).Prepend(Requester).Any(person => person.Quiet(otherwise)?.EndOf(now) > now);

    /// <summary>The ticket that goes on in place of this one.</summary>
    public long? MergedIntoId { get; set; }

    public required Ledger Ledger { get; init; }

    public TicketClock Clock => Ledger.Clock;

    public TicketStatus Status => Clock.Status;

    public Priority Priority => Clock.Priority;

    public Matter Matter => new(Priority, Queue, Channel, Category, Tags, Requester.Tier, Requester.Locale);

    /// <summary>The open callback that an id names: its own, or that of a promise made under it.</summary>
    public Commitment? Callback(Guid id) => Clock.Commitments.FirstOrDefault(commitment =>
        commitment is { Kind: CommitmentKind.Callback, IsOpen: true }
        && (Ledger.IdOf(commitment) == id || commitment.Promises.Any(promise => Ledger.IdOf(commitment, promise) == id)));

    /// <summary>The commitment that a change is about, as it stands now.</summary>
    public Commitment Commitment(ClockChange change) =>
        Clock.Commitments.First(commitment => commitment.Kind == change.Kind && commitment.Cycle == change.Cycle);

    /// <summary>The promise that comes up first, of those that stand.</summary>
    public (Commitment Commitment, Promise Promise)? NextPromise
    {
        get
        {
            (Commitment, Promise)? next = null;
            foreach (var commitment in Clock.Commitments)
            {
                if (commitment.IsOpen && commitment.OpenPromise is { } promise && (next is null || promise.PromisedAt < next.Value.Item2.PromisedAt)) next = (commitment, promise);
            }

            return next;
        }
    }
}

/// <summary>The customer who waits. The tier is what counts: her own, else her organisation's.</summary>
internal sealed record Requester(
    Guid Id, string? Email, string? Name, string? Locale, string? TimeZone, string? Tier, string PreferredChannel, LocalTime? QuietFrom, LocalTime? QuietTo,
    bool OptOut, bool IsUnreachable, Guid? OrganisationId)
{
    public string? WebhookUrl { get; init; }

    public string? OrganisationWebhookUrl { get; init; }

    /// <summary>Her row's version: her tickets show her.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Where she is posted to, and whose secret signs it: her own address first, else her organisation's.</summary>
    public (string Url, string SignedAs)? Webhook =>
        WebhookUrl is not null ? (WebhookUrl, WebhookHolder.OfCustomer(Id))
        : OrganisationWebhookUrl is not null ? (OrganisationWebhookUrl, WebhookHolder.OfOrganisation(OrganisationId!.Value))
        : null;

    /// <summary>The channel to reach the customer by: null when there is none. Where there is nowhere to post to, she is written by e-mail.</summary>
    public string? Channel => OptOut ? null
        : PreferredChannel == "inbox" ? "inbox"
        : PreferredChannel == "webhook" && Webhook is not null ? "webhook"
        : Email is null || IsUnreachable ? null
        : "email";

    public DateTimeZone ZoneOr(DateTimeZone otherwise) => TimeZone is null ? otherwise : DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) ?? otherwise;

    public QuietHours? Quiet(DateTimeZone otherwise) =>
        QuietFrom is { } from && QuietTo is { } to ? new QuietHours(ZoneOr(otherwise), from, to) : null;
}
