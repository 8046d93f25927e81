namespace HelpDesk.Faults;

/// <summary>Whether what the desk said it had done is done, and done once.</summary>
internal sealed class AnswerAudit(Books books, Findings findings)
{
    private const string Lost = "Answers 2xx that were lost";
    private const string Doubled = "Requests that took effect twice";
    private const string WrongStatus = "Tickets in another status than answered";

    public void Run(IReadOnlyList<Call> calls, IReadOnlyList<PlayedTicket> tickets)
    {
        findings.Count("Requests of the script", calls.Count);
        findings.Count("  asked again", calls.Sum(call => call.Attempts - 1));
        findings.Count("  answered again with the first answer", calls.Count(call => call.Replayed));
        findings.Count("  refused by a rule", calls.Count(call => call.Status is >= 400 and < 500));
        findings.Count("  given up without an answer", calls.Count(call => call.Status is 0 or >= 500));
        findings.Expect(Lost);
        findings.Expect(Doubled);
        findings.Expect(WrongStatus);
        var traces = books.Events.Where(row => row.RequestId is not null).ToLookup(row => row.RequestId!);
        var messages = books.Messages.ToLookup(message => message.Id);
        foreach (var call in calls) Look(call, traces, messages);
        LookForTwins(calls);
        LookAtStatuses(tickets);
    }

    /// <summary>Every write leaves an event that names its request.</summary>
    private void Look(Call call, ILookup<string, EventRow> traces, ILookup<Guid, MessageRow> messages)
    {
        if (!call.Succeeded) return;
        if (!traces.Contains(call.Id)) findings.Breach(Lost, $"{call.Id} ({call.What}, ticket {call.Ticket}) was answered with {call.Status} and has left no event");
        if (call.What is "reply" or "write" or "note" && !messages.Contains(Guid.Parse((string)call.Answer!["id"]!)))
        {
            findings.Breach(Lost, $"{call.Id}: message {call.Answer["id"]} of ticket {call.Ticket} is not there");
        }
    }

    private void LookForTwins(IReadOnlyList<Call> calls)
    {
        var marked = books.Messages.GroupBy(message => message.Body[(message.Body.LastIndexOf(' ') + 1)..]).ToDictionary(group => group.Key, group => group.Count());
        foreach (var call in calls.Where(call => call.Mark is not null))
        {
            var times = marked.GetValueOrDefault(call.Mark!);
            if (times > 1) findings.Breach(Doubled, $"{call.Id} ({call.What}, ticket {call.Ticket}) is there {times} times");
            if (times == 0 && call.Succeeded) findings.Breach(Lost, $"{call.Id} ({call.What}, ticket {call.Ticket}): what it wrote is not there");
        }
    }

    private void LookAtStatuses(IReadOnlyList<PlayedTicket> tickets)
    {
        var statuses = books.Tickets.ToDictionary(ticket => ticket.Id, ticket => ticket.Status);
        foreach (var ticket in tickets.Where(ticket => ticket.Status is not null))
        {
            var found = statuses.GetValueOrDefault(ticket.Id, "absent");
            // An agent's reply takes a new ticket up.
            if (found == ticket.Status || (found == "open" && ticket.Status == "new")) continue;
            findings.Breach(WrongStatus, $"ticket {ticket.Id} is {found}; by the answers it is {ticket.Status}");
        }
    }
}
