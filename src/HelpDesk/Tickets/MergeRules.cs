using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Tickets;

/// <summary>Which tickets may be merged into which, and what is said of those that may not.</summary>
internal static class MergeRules
{
    /// <param name="from">The ticket that ends.</param>
    /// <param name="into">The ticket that goes on.</param>
    public static void Check(Ticket from, Ticket into)
    {
        if (from.MergedIntoId is { } survivor) throw Merged(from.Id, survivor);
        if (from.Status == TicketStatus.Closed) throw Refusal.Conflict("ticket-closed", "A closed ticket is over: there is nothing to merge.");
        if (into.MergedIntoId is { } further) throw Merged(into.Id, further);
        if (into.Status is TicketStatus.Resolved or TicketStatus.Closed)
        {
            throw Refusal.Conflict("merge-into-over", $"Ticket {into.Id} is {into.Status.ToWord()}: a ticket that is over takes in no other. Reopen it first, where it is resolved.");
        }
    }

    public static Refusal Merged(long id, long into) =>
        Refusal.Conflict("ticket-merged", $"Ticket {id} has been merged: ticket {into} goes on in its place.").With("mergedIntoId", into);

    /// <summary>422: a member of the request names a ticket that is not there.</summary>
    public static Refusal NoTicket(string member, long id) => new(
        StatusCodes.Status422UnprocessableEntity, "unknown-ticket", "Well-formed, but impossible", $"There is no ticket {id}.",
        new Dictionary<string, string[]> { [member] = ["must be the number of a ticket"] });
}
