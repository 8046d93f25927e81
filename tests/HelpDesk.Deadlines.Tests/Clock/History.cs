using System.Globalization;
using System.Text;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>One thing that may happen: how long after the last, what, and the dice for its details.</summary>
internal sealed record Act(Duration After, int What, int Dice, Rules? Rules);

/// <summary>A ticket's state after an event or a sweep, and what that did.</summary>
internal sealed record Moment(TicketEvent? Happened, TicketClock Before, TicketClock After, IReadOnlyList<ClockChange> Changes)
{
    public Instant At { get; init; }

    /// <summary>Neither the opening, nor what the desk did of itself.</summary>
    public bool IsScripted => Happened is not (null or TicketOpened or Swept or Reclassified { Why: "ladder" });
}

/// <summary>
/// A random history. What may happen is drawn blindly and turned into an event that can happen as the story is walked, one event and one sweep at a time.
/// </summary>
internal sealed record History(TicketOpened Opened, Rules? Rules, Act[] Acts, Duration Rest, Duration Gap, bool Follow)
{
    private List<Moment>? walked;

    public Instant AsOf => Opened.At + Acts.Aggregate(Rest, (sum, act) => sum + act.After);

    public IEnumerable<TicketEvent> Events => Walk().Where(moment => moment.IsScripted).Select(moment => moment.Happened!);

    public TicketClock End => Walk()[^1].After;

    public Played Play() => TicketHistory.Play(Opened, Rules, Events, AsOf, Follow ? Gap : null);

    /// <summary>The history step by step, each event and each sweep by itself.</summary>
    public IReadOnlyList<Moment> Walk()
    {
        if (walked is not null) return walked;
        var (clock, changes) = TicketClock.Open(Opened, Rules);
        walked = [new Moment(Opened, clock, clock, changes) { At = Opened.At }];
        var now = Opened.At;
        foreach (var act in Acts)
        {
            var at = now + act.After;
            clock = Sweep(clock, now, at - Duration.FromTicks(10));
            now = at;
            if (EventOf(act, clock, now) is { } happened) clock = Step(clock, happened);
        }

        Sweep(clock, now, now + Rest);
        return walked;
    }

    private TicketClock Sweep(TicketClock clock, Instant now, Instant until)
    {
        for (var sweeps = 0; Follow && clock.WakeAt is { } wake && Instant.Max(wake, now) <= until; sweeps++)
        {
            if (sweeps > 200) throw new InvalidOperationException("The sweep makes no progress.");
            now = Instant.Max(wake, now);
            clock = Step(clock, new Swept(now, Gap));
            foreach (var change in walked![^1].Changes)
            {
                if (TicketHistory.Raised(clock, change) is { } raised) clock = Step(clock, raised);
            }
        }

        return clock;
    }

    private TicketClock Step(TicketClock clock, TicketEvent happened)
    {
        var (next, changes) = clock.Apply(happened);
        walked!.Add(new Moment(happened, clock, next, changes) { At = happened.At });
        return next;
    }

    private static TicketEvent? EventOf(Act act, TicketClock clock, Instant at)
    {
        var callbacks = clock.Commitments.Where(owed => owed.IsOpen && owed.Kind == CommitmentKind.Callback).ToList();
        var callback = callbacks.Count == 0 ? null : (int?)callbacks[act.Dice % callbacks.Count].Cycle;
        var unsent = clock.Commitments.Where(owed => owed.IsOpen && owed.OpenPromise?.MadeBy == PromiseMaker.FollowUp).ToList();
        return act.What switch
        {
            0 => new MessagePosted(at, Author.Agent, Fulfils: act.Dice % 3 == 0 ? callback : null),
            1 => new MessagePosted(at, Author.Customer),
            2 => new MessagePosted(at, (Author)(act.Dice % 3), (Visibility)(act.Dice / 3 % 2), act.Dice % 5 == 0),
            3 when clock.Status != TicketStatus.Closed => new StatusChanged(at, (TicketStatus)(act.Dice % 5)),
            4 when clock.Status != TicketStatus.Closed => new StatusChanged(at, (TicketStatus)(act.Dice % 6)),
            5 => new Reclassified(at, (Priority)(act.Dice % 4), clock.Rules, "priority"),
            6 => new Reclassified(at, clock.Priority, act.Rules, "policy"),
            7 when clock.Rules is { } rules && act.Rules is { } other => new Reclassified(at, clock.Priority, rules with { Calendar = other.Calendar }, "calendar"),
            8 when !(clock.Status is TicketStatus.Resolved or TicketStatus.Closed) => new CallbackPromised(at, at + Duration.FromMinutes(1 + act.Dice), "I will call."),
            9 when callback is { } cycle => new CallbackFulfilled(at, cycle),
            10 when unsent.Count > 0 => new FollowUpWithdrawn(at, unsent[act.Dice % unsent.Count].Kind, unsent[act.Dice % unsent.Count].Cycle),
            _ => null,
        };
    }

    /// <summary>Everything a clock holds, in words: two clocks are the same when this is.</summary>
    public static string Text(TicketClock clock)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{clock.Status} {clock.Priority} {clock.AwaitsFirstResponse} {clock.OldestUnanswered} {clock.LastAgentMessage}");
        text.Append(CultureInfo.InvariantCulture, $" {clock.ResolvedAt} {clock.ReopenedAt} {string.Join(' ', clock.Statuses)}\n");
        foreach (var commitment in clock.Commitments) text.Append(Text(commitment));
        return text.ToString();
    }

    public static string Text(Commitment commitment) =>
        // The records of a commitment write their arrays as types; those are written out beside it.
        $"{commitment with { Rules = null, Term = commitment.Term with { } }} v{commitment.Rules?.PolicyVersion}\n"
        + $"  {string.Join(' ', commitment.Pauses)}\n  {string.Join("\n  ", commitment.Promises)}\n";

    public override string ToString() =>
        $"{Opened}\n{(Rules is null ? "no rules" : Describe(Rules))}\n{string.Join('\n', Walk().Select(moment => $"  {moment.Happened}"))}\nas of {AsOf}, gap {Gap}, follow {Follow}\n{Text(End)}";

    private static string Describe(Rules rules) => string.Join('\n', rules.Policy.Offers.Select(offer => $"  {offer.Key}: {offer.Value.Usual}")) + $"\n  {rules.Calendar}";
}
