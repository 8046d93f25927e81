namespace HelpDesk.Faults;

/// <summary>Each promise of the ledger accounted for: how it ended must follow from what was told and done.</summary>
internal sealed class PromiseAudit(Books books, Timeline timeline, Findings findings)
{
    private const string Unaccounted = "Promises not accounted for";
    private const string LostFollowUp = "Follow-ups lost";
    private const string NoRecovery = "Lapses without a recovery";

    /// <summary>A sweep is at hand within a second; this long a desk must have had the chance before a follow-up counts as lost.</summary>
    private static readonly Duration Chance = Duration.FromSeconds(3);

    private static readonly Duration Recording = Duration.FromSeconds(1);

    /// <summary>A lease, and the farthest leap of the clocks within it.</summary>
    private static readonly Duration Held = Duration.FromSeconds(15 + 40 + 1);

    private readonly ILookup<Guid?, EventRow> events = books.Events.Where(row => row.Promise is not null).ToLookup(row => row.Promise);
    private readonly ILookup<Guid?, EventRow> ofCommitment = books.Events.Where(row => row.Commitment is not null).ToLookup(row => row.Commitment);
    private readonly ILookup<Guid, PromiseRow> ledger = books.Promises.Values.ToLookup(row => row.Commitment);
    private readonly ILookup<Guid?, FollowUpRow> makers = books.FollowUps.Values.Where(row => row.NewPromise is not null).ToLookup(row => row.NewPromise);
    /// <summary>Of a merged ticket's letter each customer has her own, whose effect ends with her ticket's number.</summary>
    private readonly HashSet<string> effects = [.. books.Deliveries.Values.Select(delivery => string.Join(':', delivery.Effect.Split(':').Take(2)))];
    private readonly ILookup<(long?, Instant), EventRow> recoveries = books.Events.Where(row => row.Type == "recovery.started").ToLookup(row => (row.Ticket, row.At));
    private readonly ILookup<long, FollowUpRow> takenBack = books.FollowUps.Values.Where(row => row.WithdrawnAt is not null).ToLookup(row => row.Ticket);
    private readonly ILookup<long?, DeliveryRow> untold = books.Deliveries.Values
        .Where(delivery => delivery is { Kind: "follow_up" or "recovery", State: "withdrawn", ExpiresAt: not null, EndedAt: not null } && delivery.EndedAt > delivery.ExpiresAt).ToLookup(delivery => delivery.Ticket);
    private IReadOnlyList<Stretch> working = [];

    public void Run()
    {
        working = timeline.Working(recovering: Duration.FromSeconds(3));
        var now = timeline.DeskNow;
        findings.Count("Promises", books.Promises.Count);
        foreach (var outcome in new[] { "kept", "renewed", "broken", "withdrawn", "open" }) findings.Count($"  {outcome}", books.Promises.Values.Count(row => row.Outcome == outcome));
        foreach (var name in new[] { Unaccounted, LostFollowUp, NoRecovery }) findings.Expect(name);
        findings.Count("Follow-ups made", books.FollowUps.Count);
        findings.Count("  not handed over in time, and withdrawn", books.FollowUps.Values.Count(row => row.WithdrawnAt is not null));
        findings.Count("  with nobody to reach", books.FollowUps.Values.Count(row => row.Delivery is null));
        findings.Count("Recoveries", books.Events.Count(row => row.Type == "recovery.started"));
        foreach (var promise in books.Promises.Values) Judge(promise, now);
    }

    private void Judge(PromiseRow promise, Instant now)
    {
        var complaint = promise.Outcome switch
        {
            "open" => Standing(promise, now),
            "kept" => promise.EndedAt > promise.PromisedAt ? "it is kept after its instant" : null,
            "renewed" => Renewed(promise),
            "broken" => Broken(promise),
            _ => Withdrawn(promise),
        };
        if (complaint is not null) findings.Breach(Unaccounted, $"{Name(promise)}: {complaint}");
        LookForItsFollowUp(promise, now);
    }

    private string? Standing(PromiseRow promise, Instant now)
    {
        var commitment = books.Commitments[promise.Commitment];
        if (commitment.EndedAt is not null) return "it is open under a commitment that has ended";
        return promise.PromisedAt + Chance < now ? $"it is open, and its instant has passed by {now - promise.PromisedAt}" : null;
    }

    private string? Renewed(PromiseRow promise)
    {
        if (books.FollowUps.GetValueOrDefault(promise.Id) is not { } followUp) return "it is renewed without a follow-up";
        if (followUp.NewPromise is not { } next || !books.Promises.TryGetValue(next, out var made) || made.Commitment != promise.Commitment) return "its follow-up made no new promise";
        if (followUp.WithdrawnAt is not null) return IsSettledInTime(promise, made);
        if (followUp.Delivery is not { } id || !books.Deliveries.TryGetValue(id, out var delivery)) return "its follow-up has no message";
        if (delivery.State == "withdrawn" && IsToldOtherwise(delivery)) return null;
        if (delivery.State != "sent") return $"its follow-up's message is {delivery.State}";
        return delivery.SentAt > promise.PromisedAt ? $"the new date was told {delivery.SentAt - promise.PromisedAt} after the old one" : null;
    }

    /// <summary>
    /// A sender that was killed had the follow-up when the matter was answered, paused or merged: what became of the hand-over is not known then, and it is not
    /// tried again. Nobody was promised anything that lapsed, so long as that came before the promise's own instant, and the second in which a hand-over may
    /// still be recorded.
    /// </summary>
    private string? IsSettledInTime(PromiseRow promise, PromiseRow made)
    {
        if (made.EndedAt is not { } ended || ended > promise.PromisedAt + Recording) return $"its follow-up was withdrawn, the promise that it carried ended at {made.EndedAt}, and it still counts as renewed";
        findings.Count("  in the hands of a desk that was killed when the matter was settled");
        return null;
    }

    /// <summary>
    /// A message leaves whole or not at all: where an answer or a change of status settles one of its promises before it has left, the letter that speaks of
    /// that tells the others.
    /// </summary>
    private bool IsToldOtherwise(DeliveryRow withdrawn)
    {
        var instead = books.Deliveries.Values.Where(delivery => delivery.Ticket == withdrawn.Ticket && delivery.Kind != "follow_up" && delivery.CreatedAt == withdrawn.EndedAt).ToList();
        if (instead.Count == 0) return false;
        findings.Count("  told by another letter instead");
        return true;
    }

    private string? Broken(PromiseRow promise)
    {
        if (promise.EndedAt is not { } ended || ended <= promise.PromisedAt) return "it is broken before its instant";
        if (events[promise.Id].Any(row => row.Type == "recovery.started" && IsTold(row))) return null;
        // Whoever answers late, or gives the matter up, comes before the sweep: the customer hears of that instead.
        var commitment = books.Commitments[promise.Commitment];
        if (commitment.EndedAt == ended || commitment.OwesRecovery) return null;
        findings.Breach(NoRecovery, Name(promise));
        return null;
    }

    private bool IsTold(EventRow recovery) =>
        recovery.Reason == "unreachable" || recoveries[(recovery.Ticket, recovery.At)].Any(row => effects.Contains($"recovery:{row.Promise}"));

    private string? Withdrawn(PromiseRow promise)
    {
        var commitment = books.Commitments[promise.Commitment];
        if (commitment.EndedAt == promise.EndedAt && commitment.State is "cancelled" or "broken") return null;
        if (ofCommitment[promise.Commitment].Any(row => row.At == promise.EndedAt && row.Type is "commitment.paused" or "commitment.retargeted")) return null;
        if (makers[promise.Id].Any(row => row.WithdrawnAt is not null)) return null;
        return ledger[promise.Commitment].Any(other => other.Number > promise.Number && other.MadeAt == promise.EndedAt && other.PromisedAt < promise.PromisedAt)
            ? null
            : "it is withdrawn, and neither paused, cancelled, replaced by an earlier one nor taken back untold";
    }

    /// <summary>Lost is one that a working desk had the time to make, while its promise stood.</summary>
    private void LookForItsFollowUp(PromiseRow promise, Instant now)
    {
        if (books.FollowUps.ContainsKey(promise.Id) || promise.FollowUpAt is not { } due) return;
        var stood = new Stretch(Instant.Max(due, promise.MadeAt), Instant.Min(promise.PromisedAt, promise.EndedAt ?? now));
        if (working.SelectMany(stretch => Free(stretch, TicketsOf(promise))).Any(stretch => stretch.Shared(stood) >= Chance)) findings.Breach(LostFollowUp, $"{Name(promise)}, due at {due}");
    }

    /// <summary>Where it was made, and where a merge has taken it since: letters keep the number that they were written under.</summary>
    private IReadOnlyList<long> TicketsOf(PromiseRow promise) =>
        [.. events[promise.Id].Where(row => row.Type == "promise.made").Select(row => row.Ticket).OfType<long>().Append(promise.Ticket).Distinct()];

    /// <summary>
    /// While a killed desk's lease holds a follow-up that its promise has overtaken, or an apology whose new date has passed or that an answer has overtaken (it
    /// expires before it was made), be it a copy to the other customer of a merge, nobody knows whether it was told, and its ticket waits: fifteen seconds at most.
    /// </summary>
    private IEnumerable<Stretch> Free(Stretch working, IReadOnlyList<long> tickets)
    {
        IEnumerable<Stretch> free = [working];
        foreach (var row in tickets.SelectMany(ticket => takenBack[ticket])) free = free.SelectMany(stretch => stretch.Without(new Stretch(books.Promises[row.Promise].PromisedAt, row.WithdrawnAt!.Value)));
        foreach (var row in tickets.SelectMany(ticket => untold[ticket])) free = free.SelectMany(stretch => stretch.Without(new Stretch(Instant.Max(row.ExpiresAt!.Value, row.EndedAt!.Value - Held), row.EndedAt.Value)));
        return free;
    }

    private string Name(PromiseRow promise) =>
        $"promise {promise.Id} (ticket {promise.Ticket}, {books.Commitments[promise.Commitment].Kind}, number {promise.Number}, made by {promise.MadeBy} at {promise.MadeAt} for {promise.PromisedAt}, {promise.Outcome} at {promise.EndedAt})";
}
