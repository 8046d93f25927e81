using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web;

namespace HelpDesk.Commitments;

/// <summary>What is kept of a promise besides what the engine knows.</summary>
/// <param name="Why">Why it was made, in the words that the customer was told; null where she was told none.</param>
internal sealed record LedgerEntry(Guid Id, string Words, string? ToldVia, string? Why);

/// <summary>
/// The clocks of one ticket with the names the database has for their parts, and what has changed since they were read: events are taken one by one,
/// then <see cref="LedgerWriter"/> writes the difference.
/// </summary>
internal sealed class Ledger : ILedgerNames
{
    private readonly Dictionary<(CommitmentKind, int), Guid> commitments = [];
    private readonly Dictionary<(CommitmentKind, int, int), LedgerEntry> promises = [];
    private readonly HashSet<Guid> stored = [];
    private readonly List<ClockChange> journal = [];
    private readonly TicketClock before;

    public Ledger(long ticketId, TicketClock clock)
    {
        TicketId = ticketId;
        Clock = before = clock;
    }

    private Ledger(long ticketId, Step opened)
    {
        TicketId = ticketId;
        Clock = opened.Clock;
        before = opened.Clock with { Commitments = [] };
        journal.AddRange(opened.Changes);
    }

    public long TicketId { get; }

    public TicketClock Clock { get; private set; }

    /// <summary>What has happened since the ledger was read.</summary>
    public IReadOnlyList<ClockChange> News => journal;

    /// <summary>The ledger of a ticket just made.</summary>
    public static Ledger Open(long ticketId, TicketOpened opened, Rules? rules, QuietHours? quiet) =>
        new(ticketId, Counted(() => TicketClock.Open(opened, rules, quiet)));

    public IReadOnlyList<ClockChange> Apply(TicketEvent happened)
    {
        var step = Counted(() => Clock.Apply(happened));
        Clock = step.Clock;
        journal.AddRange(step.Changes);
        return step.Changes;
    }

    /// <summary>Says why in the journal, of what has just happened; answers the change as it stands there now.</summary>
    public ClockChange Explain(ClockChange change, string reason)
    {
        var index = journal.FindLastIndex(each => ReferenceEquals(each, change));
        return journal[index] = change with { Reason = reason };
    }

    /// <summary>Merges another ticket's ledger into this one. What comes over keeps its id and those of its promises; both are to be written.</summary>
    public IReadOnlyList<MovedCommitment> TakeIn(Ledger other, Instant now)
    {
        var merged = Counted(() => TicketMerge.Merge(Clock, other.Clock, now));
        stored.UnionWith(other.stored);
        foreach (var (kind, cycle, newKind, newCycle) in merged.Moved)
        {
            commitments[(newKind, newCycle)] = other.commitments[(kind, cycle)];
            foreach (var ((_, _, number), entry) in other.promises.Where(promise => promise.Key.Item1 == kind && promise.Key.Item2 == cycle))
            {
                promises[(newKind, newCycle, number)] = entry;
            }
        }

        (Clock, other.Clock) = (merged.Into.Clock, merged.From.Clock);
        journal.AddRange(merged.Into.Changes);
        other.journal.AddRange(merged.From.Changes);
        return merged.Moved;
    }

    /// <summary>A calendar that was good when it was saved can run dry: nothing can be promised by it any more.</summary>
    private static T Counted<T>(Func<T> count)
    {
        try
        {
            return count();
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException)
        {
            throw Refusal.Impossible("calendar-never-opens", $"Nothing can be promised by this policy's calendar: {error.Message}");
        }
    }

    public void Known(Guid id, CommitmentKind kind, int cycle)
    {
        commitments[(kind, cycle)] = id;
        stored.Add(id);
    }

    public void Known(LedgerEntry entry, CommitmentKind kind, int cycle, int number)
    {
        promises[(kind, cycle, number)] = entry;
        stored.Add(entry.Id);
    }

    /// <summary>The message that was to tell this promise never left; the database knows already.</summary>
    public void Untold(Guid promise)
    {
        foreach (var key in promises.Where(pair => pair.Value.Id == promise).Select(pair => pair.Key).ToList()) promises[key] = promises[key] with { ToldVia = null };
    }

    /// <summary>Whether the database has a commitment or promise already.</summary>
    public bool IsStored(Guid id) => stored.Contains(id);

    /// <summary>
    /// Names what is new. <paramref name="words"/> says a promise to the customer; <paramref name="channel"/> is null when there is nobody to reach. <paramref
    /// name="why"/> says why a promise took the place of one that would have lapsed, or had.
    /// </summary>
    public void NameNews(Instant now, string? channel, Func<Commitment, Promise, string> words, Func<string?>? why = null)
    {
        foreach (var commitment in Clock.Commitments)
        {
            commitments.TryAdd((commitment.Kind, commitment.Cycle), Ids.New(now));
            foreach (var promise in commitment.Promises)
            {
                var key = (commitment.Kind, commitment.Cycle, promise.Number);
                if (promises.ContainsKey(key)) continue;
                // Made and withdrawn in one breath: nobody was told.
                var toldVia = promise.Outcome == PromiseOutcome.Open ? channel : null;
                var told = toldVia is not null && promise.MadeBy is PromiseMaker.FollowUp or PromiseMaker.Recovery ? why?.Invoke() : null;
                promises[key] = new LedgerEntry(Ids.New(now), words(commitment, promise), toldVia, told);
            }
        }
    }

    public IEnumerable<Commitment> ChangedCommitments()
    {
        var known = before.Commitments.ToDictionary(commitment => (commitment.Kind, commitment.Cycle));
        return Clock.Commitments.Where(commitment =>
            !known.TryGetValue((commitment.Kind, commitment.Cycle), out var old) || !ReferenceEquals(old, commitment));
    }

    /// <summary>Those that ended first, then those that stand again, then new ones: so that never two stand at once.</summary>
    public IEnumerable<(Commitment Commitment, Promise Promise)> ChangedPromises()
    {
        var known = before.Commitments.SelectMany(commitment => commitment.Promises).ToHashSet(ReferenceEqualityComparer.Instance);
        return Clock.Commitments
            .SelectMany(commitment => commitment.Promises.Select(promise => (Commitment: commitment, Promise: promise)))
            .Where(pair => !known.Contains(pair.Promise))
            .OrderBy(pair => pair.Promise.Outcome == PromiseOutcome.Open)
            .ThenBy(pair => pair.Promise.Number);
    }

    public Guid IdOf(CommitmentKind kind, int cycle) => commitments[(kind, cycle)];

    public Guid IdOf(CommitmentKind kind, int cycle, int number) => promises[(kind, cycle, number)].Id;

    public Guid IdOf(Commitment commitment) => commitments[(commitment.Kind, commitment.Cycle)];

    public Guid IdOf(Commitment commitment, Promise promise) => promises[(commitment.Kind, commitment.Cycle, promise.Number)].Id;

    public string WordsOf(Commitment commitment, Promise promise) => promises[(commitment.Kind, commitment.Cycle, promise.Number)].Words;

    public string? WhyOf(Commitment commitment, Promise promise) => promises[(commitment.Kind, commitment.Cycle, promise.Number)].Why;

    public string? ToldVia(Commitment commitment, Promise promise) => promises[(commitment.Kind, commitment.Cycle, promise.Number)].ToldVia;
}
