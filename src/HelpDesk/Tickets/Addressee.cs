namespace HelpDesk.Tickets;

/// <summary>
/// Whom a letter goes to, and which ticket it speaks of to her: her own number, subject and thread, also where that ticket has been merged into another.
/// </summary>
internal sealed record Addressee(Requester Person, long TicketId, string Subject, string PublicToken, string? PageToken)
{
    public static Addressee Of(Ticket ticket) => new(ticket.Requester, ticket.Id, ticket.Subject, ticket.PublicToken, ticket.PageToken);
}
