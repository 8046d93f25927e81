namespace HelpDesk.Faults;

/// <summary>The outbox held against the sinks: what was handed over, how often, when, and what never was.</summary>
internal sealed class DeliveryAudit(Books books, ILookup<string, Handover> taken, Timeline timeline, Findings findings)
{
    private const string Lost = "Messages lost (said to be sent, and no sink has them)";
    private const string Stuck = "Messages neither handed over nor given up";
    private const string Dead = "Messages given up without cause";
    private const string Foreign = "Messages that no delivery stands for, or for another recipient";
    private const string Repeated = "Handed over again, and not in flight at a blow";
    private const string Twice = "Sent twice under different Message-IDs";
    private const string Late = "Follow-ups that came after the promise they renew";
    private const string Untrue = "Handed over, said not to be, and not in flight at a blow";

    /// <summary>How long after its hand-over a message may still be unrecorded: what a blow in that time interrupts is in flight.</summary>
    private static readonly Duration Recording = Duration.FromSeconds(2);

    /// <summary>How long the answer of a sink may be on its way: a desk that hears of it only after the promise has ended cannot know that it was in time, and says the worse.</summary>
    private static readonly Duration Answering = Duration.FromMilliseconds(250);

    private readonly ILookup<Guid?, FollowUpRow> renewed = books.FollowUps.Values.ToLookup(row => row.Delivery);

    public void Run()
    {
        foreach (var name in new[] { Lost, Stuck, Dead, Foreign, Twice, Late }) findings.Expect(name);
        var byId = books.Deliveries.Values.ToDictionary(delivery => delivery.IdAtSink);
        findings.Count("Messages in the outbox", books.Deliveries.Count);
        findings.Count("Messages taken by the sinks", taken.Sum(group => group.Count()));
        foreach (var group in taken) Match(group, byId.GetValueOrDefault(group.Key));
        foreach (var delivery in books.Deliveries.Values) Judge(delivery);
        LookForTwins();
        findings.Expect(Repeated);
        findings.Expect(Untrue);
    }

    private void Match(IGrouping<string, Handover> group, DeliveryRow? delivery)
    {
        foreach (var handover in group)
        {
            if (delivery is null || delivery.Recipient != handover.Recipient) findings.Breach(Foreign, $"{group.Key} to {handover.Recipient} at {handover.At}");
        }
    }

    private void Judge(DeliveryRow delivery)
    {
        var handovers = taken[delivery.IdAtSink].OrderBy(handover => handover.At).ToList();
        var words = $"{delivery.IdAtSink} ({delivery.Effect}, ticket {delivery.Ticket}) to {delivery.Recipient}";
        switch (delivery.State)
        {
            case "sent" when handovers.Count == 0 && delivery.Channel != "inbox": findings.Breach(Lost, words); break;
            case "queued" or "failed": findings.Breach(Stuck, $"{words} is {delivery.State} after {delivery.Attempts} attempts: {delivery.LastError}"); break;
            case "dead" when !Stage.IsNobody(delivery.Recipient): findings.Breach(Dead, $"{words}: {delivery.LastError}"); break;
            case "withdrawn" when delivery.Kind == "recovery" && !Stage.IsNobody(delivery.Recipient):
                if (books.Deliveries.Values.Any(other => other.Kind == "recovery" && other.Recipient == delivery.Recipient && other.CreatedAt > delivery.CreatedAt)) findings.Count("Apologies that held no more, and were replaced");
                else findings.Breach(Lost, $"{words} was withdrawn, and no other apology took its place");
                break;
            case "withdrawn" when delivery.Kind is not ("follow_up" or "recovery"): findings.Breach(Lost, $"{words} was withdrawn"); break;
        }

        if (delivery.State is not "sent" && handovers.Count > 0 && !IsLate(delivery, handovers[^1]))
        {
            if (handovers[^1].DeskTime + Answering > Limit(delivery)) findings.Count("Handed over and then taken back, the answer on its way when the promise ended");
            else Excuse(Untrue, "Handed over and then taken back, in flight", words, handovers[^1]);
        }

        // What was begun again is what was begun first, though it may have been taken last.
        foreach (var begun in handovers.OrderBy(handover => handover.Begun).SkipLast(1)) Excuse(Repeated, "Handed over again under the same Message-ID, in flight", words, begun);
        if (handovers.Count > 0 && delivery.Kind == "follow_up") LookWhetherLate(delivery, handovers[0], words);
    }

    /// <summary>Only the first hand-over tells anything new.</summary>
    private void LookWhetherLate(DeliveryRow delivery, Handover first, string words)
    {
        // The row's own limit will not do: an answer that comes while a sender has the message brings that forward.
        if (!IsLate(delivery, first)) return;
        if (delivery.State != "sent")
        {
            findings.Count("Follow-ups that came too late, and were taken back and apologised for");
            return;
        }

        if (timeline.Jumps.Any(jump => new Stretch(first.Begun - Recording, first.At).Meets(jump.At, jump.At))) findings.Count("Follow-ups overtaken by a jump of the clocks in flight");
        else findings.Breach(Late, $"{words}: taken at {first.DeskTime} for {Until(delivery)}, {(first.DeskTime - Until(delivery))?.TotalMilliseconds:0} ms late");
    }

    /// <summary>The promise that it renews, the first of them; null for what renews none.</summary>
    private Instant? Until(DeliveryRow delivery) => renewed[delivery.CopyOf ?? delivery.Id].Select(row => (Instant?)books.Promises[row.Promise].PromisedAt).Min();

    /// <summary>Until when it is to be handed over; null for what keeps.</summary>
    private Instant? Limit(DeliveryRow delivery) => delivery.Kind != "recovery" ? Until(delivery) : delivery.ExpiresAt > delivery.CreatedAt ? delivery.ExpiresAt : null;

    private bool IsLate(DeliveryRow delivery, Handover handover) => handover.DeskTime > Limit(delivery);

    private void Excuse(string breach, string name, string words, Handover handover)
    {
        if (Blow(handover) is { } blow) findings.Count($"{name} at {blow}");
        else findings.Breach(breach, $"{words}: taken from desk {handover.Desk} at {handover.At}, nothing befell it within {Recording.TotalSeconds:0} s");
    }

    private string? Blow(Handover handover)
    {
        var (from, to) = (handover.At, handover.At + Recording);
        if (timeline.Kills.Any(kill => (kill.Desk == handover.Desk || handover.Desk == Handover.SomeDesk) && kill.Time.Meets(handover.Begun, to))) return "a kill";
        if (timeline.DatabaseAway.Any(gap => gap.Meets(from, to))) return "a restart of the database";
        return timeline.Jumps.Any(jump => jump.At >= handover.Begun - Recording && jump.At <= to) ? "a jump of the clocks" : null;
    }

    /// <summary>One thing told to one person by two messages: of one effect, or about the same promise.</summary>
    private void LookForTwins()
    {
        var sent = books.Deliveries.Values.Where(delivery => taken.Contains(delivery.IdAtSink)).ToDictionary(delivery => delivery.Id);
        foreach (var twins in sent.Values.GroupBy(delivery => (delivery.Effect, delivery.Recipient)).Where(group => group.Count() > 1))
        {
            findings.Breach(Twice, $"{twins.Key.Effect} to {twins.Key.Recipient}: {string.Join(", ", twins.Select(twin => twin.MessageId))}");
        }

        var copies = sent.Values.ToLookup(delivery => delivery.CopyOf ?? delivery.Id);
        var told = books.FollowUps.Values.Where(row => row.Delivery is not null)
            .SelectMany(row => copies[row.Delivery!.Value].Select(delivery => (row.Promise, row.NewPromise, delivery.Recipient, delivery.MessageId)))
            .ToList();
        foreach (var twins in told.GroupBy(one => (one.Promise, one.Recipient)).Concat(told.Where(one => one.NewPromise is not null).GroupBy(one => (one.NewPromise!.Value, one.Recipient))))
        {
            if (twins.Select(twin => twin.MessageId).Distinct().Count() > 1) findings.Breach(Twice, $"promise {twins.Key.Item1} to {twins.Key.Recipient}: {string.Join(", ", twins.Select(twin => twin.MessageId))}");
        }
    }
}
