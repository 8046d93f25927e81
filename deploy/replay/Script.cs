namespace HelpDesk.Replay;

/// <summary>
/// What an incident's log means on the desk. The log has states and no messages; which of its lines stand for words to the customer is read from the
/// state alone: docs/replay.md says how, and why.
/// </summary>
internal sealed class Script
{
    private readonly List<Step> steps = [];
    private Fields known;
    private State state = State.New;

    private Script(Incident incident)
    {
        known = incident.Changes[0].Fields with { Assignee = null };
        steps.Add(new Open(incident.OpenedAt, incident, known));
        foreach (var change in incident.Changes) Play(change);
    }

    public static IReadOnlyList<Step> Of(Incident incident) => new Script(incident).steps;

    private void Play(Change change)
    {
        var before = steps.Count;
        var next = change.State is null or State.New ? state : change.State.Value;
        var back = IsBack(next);
        var said = IsSaid(next);
        if (back) CustomerSays(change);
        var members = NewMembers(change.Fields);
        // The customer's message has opened the ticket by itself.
        if (next != state && !said && !(back && next == State.Active)) members["status"] = StatusOf(next);
        if (members.Count > 0) steps.Add(new Patch(change.At, members));
        if (said) AgentSays(change, next);
        if (steps.Count == before) steps.Add(new Say(change.At, "agent", change.By, "internal", "The log has a change here that it does not show.", null));
        state = next;
    }

    /// <summary>Work goes on after it stood with the customer: she has given what was asked for, or has said that it is not solved.</summary>
    private bool IsBack(State next) => (state, next) switch
    {
        (State.AwaitingUser, State.Active) => true,
        (State.Resolved, not (State.Resolved or State.Closed)) => true,
        _ => false,
    };

    /// <summary>An agent cannot begin, ask or solve without a word to the customer. Waiting for others, later on, is told by the desk itself.</summary>
    private bool IsSaid(State next) => next != state && next != State.Closed && (state == State.New || next is State.AwaitingUser or State.Resolved);

    private void CustomerSays(Change change) => steps.Add(new Say(
        change.At, "customer", change.By, "public", state == State.Resolved ? "It is not solved: please look again." : "Here is what you asked for.", null));

    /// <summary>What changed and is known. Unknown is not empty: a <c>?</c> changes nothing.</summary>
    private Dictionary<string, string> NewMembers(Fields fields)
    {
        var members = new Dictionary<string, string>();
        Compare("priority", known.Priority, fields.Priority);
        Compare("queue", known.Queue, fields.Queue);
        Compare("category", known.Category, fields.Category);
        Compare("assignee", known.Assignee, fields.Assignee);
        known = new Fields(fields.Priority ?? known.Priority, fields.Queue ?? known.Queue, fields.Category ?? known.Category, fields.Assignee ?? known.Assignee);
        return members;

        void Compare(string member, string? from, string? to)
        {
            if (to is not null && to != from) members[member] = to;
        }
    }

    private void AgentSays(Change change, State next) => steps.Add(new Say(change.At, "agent", change.By, "public", next switch
    {
        State.AwaitingUser => "We need something from you to go on.",
        State.AwaitingOthers => "We have looked at it, and wait for others.",
        State.Resolved => "It is solved.",
        _ => "We have it and are working on it.",
    }, StatusOf(next)));

    private static string StatusOf(State state) => state switch
    {
        State.AwaitingUser => "waiting_on_customer",
        State.AwaitingOthers => "on_hold",
        State.Resolved => "resolved",
        State.Closed => "closed",
        _ => "open",
    };
}
