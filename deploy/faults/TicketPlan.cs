namespace HelpDesk.Faults;

/// <summary>What happens to one ticket, but for what the desk does of itself: drawn from the seed.</summary>
/// <param name="Number">Its place in the script.</param>
/// <param name="Customer">Who opens it.</param>
/// <param name="Priority">Says how long its terms are: from seconds to hours.</param>
/// <param name="Acts">What is done, in order.</param>
internal sealed record TicketPlan(int Number, int Customer, string Priority, IReadOnlyList<Act> Acts)
{
    /// <summary>Its promises lie hours ahead, and so are open when the drill ends.</summary>
    public bool IsLasting => Priority == "low";

    public static TicketPlan Draw(Random chance, int number, int customers)
    {
        var priority = chance.Next(100) switch { < 8 => "low", < 40 => "normal", < 75 => "high", _ => "urgent" };
        var plan = new TicketPlan(number, chance.Next(customers), priority, []);
        var acts = new List<Act>();
        var status = "new";
        for (var left = chance.Next(1, 6); left > 0; left--)
        {
            var act = Next(chance, status);
            acts.Add(act);
            status = act.Status ?? status;
        }

        if (!plan.IsLasting && chance.Next(12) == 0) acts.Add(new Act(ActKind.Merge, Wait(chance), "closed"));
        else if (!plan.IsLasting) acts.Add(new Act(ActKind.Reply, Wait(chance), "resolved"));
        // Not solved after all: reopened, and promised anew.
        if (acts[^1].Status == "resolved" && chance.Next(5) == 0)
        {
            acts.Add(new Act(ActKind.Write, Wait(chance), "open"));
            acts.Add(new Act(ActKind.Reply, Wait(chance), "resolved"));
        }

        return plan with { Acts = acts };
    }

    /// <summary>Statuses are set only where they change something, so that each success leaves a trace to be found.</summary>
    private static Act Next(Random chance, string status)
    {
        var draw = chance.Next(100);
        var wait = Wait(chance);
        if (status is "waiting_on_customer" or "on_hold")
        {
            return draw < 50 ? new Act(ActKind.Write, wait, status == "waiting_on_customer" ? "open" : null)
                : new Act(ActKind.SetStatus, wait, "open");
        }

        return draw switch
        {
            < 20 => new Act(ActKind.Reply, wait, status == "new" ? "open" : null),
            < 35 => new Act(ActKind.Reply, wait, "waiting_on_customer"),
            < 50 => new Act(ActKind.SetStatus, wait, "on_hold"),
            < 70 => new Act(ActKind.Write, wait, null),
            < 80 => new Act(ActKind.Note, wait, null),
            < 92 => new Act(ActKind.Promise, wait, null),
            // Nothing is done for a while: promises come up, are renewed, and lapse in the end.
            _ => new Act(ActKind.Silence, wait + TimeSpan.FromSeconds(10), null),
        };
    }

    private static TimeSpan Wait(Random chance) => TimeSpan.FromSeconds(chance.Next(4) == 0 ? 8 + 12 * chance.NextDouble() : 0.3 + 5 * chance.NextDouble());
}

/// <param name="Wait">How long after the act before it.</param>
/// <param name="Status">The ticket's status after it, where it changes.</param>
internal sealed record Act(ActKind Kind, TimeSpan Wait, string? Status);

internal enum ActKind
{
    Reply,
    Write,
    Note,
    SetStatus,
    Promise,
    Merge,
    Silence,
}
