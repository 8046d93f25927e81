using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Web;

namespace HelpDesk.Escalation;

/// <summary>What a sweep of one ticket called for: who has it now, whom nobody could be found for, and what its ladder changes.</summary>
internal sealed partial class Called(Ticket ticket, PolicyShelf policies, ILogger log)
{
    private readonly List<string> missed = [];
    private readonly List<Func<TicketFields, TicketFields>> changes = [];
    private bool isNobodyThere;

    public Ticket Ticket => ticket;

    public string? Assignee { get; private set; } = ticket.Assignee;

    /// <summary>
    /// Who was called in, as the customer is told it: null where they have no name that is told, empty where there was nobody. An assignee who is nobody's agent has a name
    /// and the ticket.
    /// </summary>
    public string? Names
    {
        get => field ?? (isNobodyThere ? "" : null);
        set;
    }

    /// <summary>What the agents are told of it; null when somebody was found for everything.</summary>
    public string? Note => missed.Count == 0 ? null : string.Join('\n', missed);

    public void RaisePriority() =>
        changes.Add(fields => fields.Priority == Priority.Urgent ? fields : fields with { Priority = fields.Priority + 1 });

    public void GiveTo(string agent)
    {
        if (Assignee == agent) return;
        Assignee = agent;
        changes.Add(fields => fields with { Assignee = agent });
    }

    public void Missed(ClockChange change, NoticeWhy why)
    {
        // A step of the ladder comes besides: it does not say who takes over.
        isNobodyThere |= change.What != ChangeKind.LadderClimbed;
        missed.Add(Words(change, why));
    }

    private static string Words(ClockChange change, NoticeWhy why) => why switch
    {
        NoticeWhy.Assigned => $"Step {change.Step} of the ladder of the {change.Word()} was to give the ticket to {change.To}, and there is no such active agent.",
        NoticeWhy.ComingUp or NoticeWhy.Lapsed => $"Step {change.Step} of the ladder of the {change.Word()} was to notify {change.To}, and there is nobody to notify.",
        _ => $"Somebody was to be called in for the {change.Word()}, and there is nobody: the assignee is no active agent, and neither has the queue a lead nor the desk an administrator.",
    };

    /// <summary>Each change like a PATCH of the desk's own, with what that means for the promises and for the customer.</summary>
    public async Task Change(TicketWork work, CancellationToken cancel)
    {
        for (var index = 0; index < changes.Count; index++)
        {
            var before = TicketFields.Of(ticket);
            try
            {
                await TicketChange.Make(
                    work, ticket, before, changes[index](before), policies, new("desk", null, $"ladder:{ticket.Id}:{ticket.RowVersion + 1}:{index}"), cancel);
            }
            catch (Refusal error)
            {
                // What was promised and told stands all the same.
                LogNotClimbed(log, ticket.Id, error.Message);
            }
        }
    }

    [LoggerMessage(2301, LogLevel.Error, "A step of the ladder of ticket {Ticket} cannot be taken: {Error}")]
    private static partial void LogNotClimbed(ILogger log, long ticket, string error);
}
