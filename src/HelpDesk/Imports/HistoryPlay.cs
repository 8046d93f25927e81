using System.Text.Json;
using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Imports;

/// <summary>A ticket as it came out, with its messages.</summary>
/// <param name="MessageIds">By the place of each in the history.</param>
internal sealed record PlayedTicket(LineRead Line, Ticket Ticket, IReadOnlyList<NewMessage> Messages, IReadOnlyDictionary<int, Guid> MessageIds);

/// <summary>
/// Plays histories by the engine up to now, as the desk would have taken each change at its instant, but that nobody followed up: a promise that passed is broken at that instant,
/// and nothing was done about it. What is owed still goes on from now as on any ticket.
/// </summary>
internal sealed class HistoryPlay(TicketDesk desk, IReadOnlyList<ShelvedPolicy> policies, Instant now)
{
    private static readonly Duration OneMicrosecond = Duration.FromTicks(10);

    public PlayedTicket Play(LineRead line, Requester requester, long id)
    {
        var given = line.Ticket!;
        var (ticket, messages, ids) = (Open(given, requester, id), new List<NewMessage>(), new Dictionary<int, Guid>());
        var opening = given.Opening();
        for (var index = 0; index < given.History!.Count; index++)
        {
            var entry = given.History[index];
            if (!ReferenceEquals(entry, opening)) Happen(given, ticket, entry, $"history[{index}]");
            if (entry.Type != HistoryType.Message) continue;
            ids[index] = Ids.New(entry.At);
            messages.Add(new NewMessage(ids[index], id, entry.Author!.Value, entry.AuthorId, entry.Visibility ?? Visibility.Public, entry.Automated ?? false, entry.Body!, entry.At));
        }

        Pass(ticket, now);
        if (ticket.Clock.Commitments.Any(commitment => commitment.IsOpen)) ticket.Ledger.Apply(new Unattended(now));
        ticket.Ledger.NameNews(now, null, (commitment, promise) => desk.Letters.Say(ticket, commitment, promise));
        return new(line, ticket, messages, ids);
    }

    private Ticket Open(ImportedTicket given, Requester requester, long id)
    {
        var matter = new Matter(given.Priority, given.Queue, given.Channel!, given.Category, given.Tags!.ToList(), requester.Tier, requester.Locale);
        var policy = Policy(given, matter);
        var opening = given.Opening();
        var opened = new TicketOpened(given.CreatedAt, given.CreatedBy, given.Status, given.Priority, opening is not null, opening?.Automated ?? false);
        var token = Ticket.MakeToken();
        return new Ticket
        {
            Id = id,
            RowVersion = 1,
            Subject = given.Subject,
            Channel = given.Channel!,
            Queue = given.Queue,
            Category = given.Category,
            Tags = given.Tags!,
            CustomFields = given.CustomFields is null ? "{}" : JsonSerializer.Serialize(given.CustomFields, JsonConventions.Options),
            ExternalRef = given.ExternalRef,
            ExternalSource = given.ExternalSource,
            Watchers = TicketRules.Watchers(given.Watchers, requester),
            CreatedBy = given.CreatedBy,
            Assignee = given.Assignee,
            Reason = given.Reason,
            PublicToken = token,
            PageToken = token,
            Policy = policy,
            CreatedAt = given.CreatedAt,
            UpdatedAt = given.History is [.., var last] ? last.At : given.CreatedAt,
            ClosedAt = given.Status == TicketStatus.Closed ? given.CreatedAt : null,
            Requester = requester,
            OrganisationId = requester.OrganisationId,
            Ledger = Ledger.Open(id, opened, policy?.Rules, requester.Quiet(desk.Settings.Zone)),
        };
    }

    /// <summary>The one that was named, else the first that covers the ticket; null where none does.</summary>
    private ShelvedPolicy? Policy(ImportedTicket given, Matter matter) => given.PolicyId is not { } named ? policies.For(matter)
        : policies.FirstOrDefault(policy => policy.Key.PolicyId == named) ?? throw Refusal.Invalid("policyId", "must be the id of a policy in force");

    private void Happen(ImportedTicket given, Ticket ticket, HistoryEntry entry, string member)
    {
        Pass(ticket, entry.At);
        try
        {
            switch (entry.Type)
            {
                case HistoryType.Message:
                    ticket.Ledger.Apply(new MessagePosted(entry.At, entry.Author!.Value, entry.Visibility ?? Visibility.Public, entry.Automated ?? false));
                    break;
                case HistoryType.Status:
                    ticket.Ledger.Apply(new StatusChanged(entry.At, entry.To!.Value));
                    if (ticket.Status == TicketStatus.Closed) ticket.ClosedAt ??= entry.At;
                    break;
                default:
                    Change(given, ticket, entry.At, entry.Changes!);
                    break;
            }
        }
        catch (TicketOverException error)
        {
            throw Refusal.Invalid(member, error.Message);
        }
    }

    /// <summary>Promises that come up before an instant, one after the other: nobody kept them.</summary>
    private static void Pass(Ticket ticket, Instant until)
    {
        while (ticket.NextPromise is var (_, promise) && promise.PromisedAt < until) ticket.Ledger.Apply(new Unattended(promise.PromisedAt + OneMicrosecond));
    }

    private void Change(ImportedTicket given, Ticket ticket, Instant at, HistoryChanges changes)
    {
        var (priority, why) = (changes.Priority.Or(ticket.Priority), default(string));
        if (priority != ticket.Priority) why = "priority";
        if (changes.Queue.Or(ticket.Queue) is var queue && queue != ticket.Queue) (ticket.Queue, why) = (queue, why ?? "queue");
        if (changes.Category.Or(ticket.Category) is var category && category != ticket.Category) (ticket.Category, why) = (category, why ?? "category");
        if (changes.Tags.Or(ticket.Tags) is var tags && !tags.SequenceEqual(ticket.Tags)) (ticket.Tags, why) = ([.. tags.Distinct()], why ?? "tags");
        ticket.Assignee = Placement.AssigneeOf(changes.Assignee.Or(ticket.Assignee));
        if (why is null) return;
        var chosen = Policy(given, ticket.Matter with { Priority = priority });
        if (chosen?.Key.PolicyId != ticket.Policy?.Key.PolicyId) ticket.Policy = chosen;
        ticket.Ledger.Apply(new Reclassified(at, priority, ticket.Policy?.Rules, why));
    }
}
