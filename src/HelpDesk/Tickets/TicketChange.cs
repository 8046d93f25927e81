using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Policies;

namespace HelpDesk.Tickets;

/// <summary>Who changes a ticket, with which request, and the one effect that the letter about it has.</summary>
internal readonly record struct ChangeCause(string Actor, string? RequestId, string Effect);

/// <summary>A change of a ticket's members, whoever makes it: what it means for its clocks, for its customer and for the log.</summary>
internal static class TicketChange
{
    private static readonly string[] LookedAtByPolicies = ["priority", "queue", "category", "tags"];

    public static async Task Make(TicketWork work, Ticket ticket, TicketFields before, TicketFields after, PolicyShelf policies, ChangeCause cause, CancellationToken cancel)
    {
        var changes = before.ChangesTo(after);
        if (changes.Count == 0) return;
        var at = Instant.Max(work.Now, ticket.UpdatedAt);
        var known = ticket.Ledger.News.Count;
        after.Into(ticket);
        if (LookedAtByPolicies.FirstOrDefault(changes.ContainsKey) is { } why) await Reclassify(work, ticket, after.Priority, why, policies, at, cancel);
        var untold = await work.WithdrawUnsentFollowUps(ticket, commitment => ChangeTicket.Settles(commitment, after.Status), cancel);
        ChangeTicket.SetStatus(ticket, StatusAfter(before, after), at);
        work.Note(new NewEvent("ticket.updated", at, cause.Actor, cause.RequestId, TicketEvents.Updated(changes), ticket.Id));
        work.NameNews(ticket);
        foreach (var letter in ticket.LettersOfChange(before.Status, untold, cause.Effect, known)) work.Send(ticket, letter);
    }

    /// <summary>A policy that is chosen again stays at the version that the ticket was promised by.</summary>
    private static async Task Reclassify(TicketWork work, Ticket ticket, Priority priority, string why, PolicyShelf policies, Instant at, CancellationToken cancel)
    {
        var chosen = (await policies.InForce(work.Connection, cancel)).For(ticket.Matter with { Priority = priority });
        if (chosen?.Key.PolicyId != ticket.Policy?.Key.PolicyId) ticket.Policy = chosen;
        ticket.Ledger.Apply(new Reclassified(at, priority, ticket.Policy?.Rules, why));
    }

    /// <summary>Taking a new ticket opens it.</summary>
    private static TicketStatus StatusAfter(TicketFields before, TicketFields after) =>
        after.Status == TicketStatus.New && before.Status == TicketStatus.New && after.Assignee is not null ? TicketStatus.Open : after.Status;
}
