using HelpDesk.Deadlines;

namespace HelpDesk.Tickets;

/// <summary>A ticket as the table has it, for lists. Written by <see cref="OpenTicket"/> and <see cref="TicketWriter"/> alone.</summary>
internal sealed class TicketRow
{
    public long Id { get; private set; }

    public long RowVersion { get; private set; }

    public string Subject { get; private set; } = "";

    public TicketStatus Status { get; private set; }

    public Priority Priority { get; private set; }

    public string Channel { get; private set; } = "";

    public string? Queue { get; private set; }

    public string? Category { get; private set; }

    public List<string> Tags { get; private set; } = [];

    public string CustomFields { get; private set; } = "{}";

    public string? ExternalRef { get; private set; }

    public string? ExternalSource { get; private set; }

    public List<string> Watchers { get; private set; } = [];

    public Author CreatedBy { get; private set; }

    public Guid RequesterId { get; private set; }

    public Guid? OrganisationId { get; private set; }

    public string? Assignee { get; private set; }

    public string? Reason { get; private set; }

    public string PublicToken { get; private set; } = "";

    public string? PageToken { get; private set; }

    public bool PageRevoked { get; private set; }

    public long? ContinuesId { get; private set; }

    public long? MergedIntoId { get; private set; }

    public Guid? PolicyId { get; private set; }

    public int? PolicyVersion { get; private set; }

    public Guid? CalendarId { get; private set; }

    public int? CalendarVersion { get; private set; }

    public string Clock { get; private set; } = "{}";

    public Instant? NextPromisedAt { get; private set; }

    /// <summary>See <see cref="StateFilter"/>.</summary>
    public int States { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public Instant? ResolvedAt { get; private set; }

    public Instant? ClosedAt { get; private set; }

    public Instant? CloseAt { get; private set; }
}

/// <summary>A message on a ticket.</summary>
internal sealed class Message
{
    public Guid Id { get; private set; }

    public long Sequence { get; private set; }

    public long TicketId { get; private set; }

    /// <summary>The ticket that it was written on, where that is another.</summary>
    public long? WrittenOn { get; private set; }

    public Author Author { get; private set; }

    public string? AuthorId { get; private set; }

    public Visibility Visibility { get; private set; }

    public bool Automated { get; private set; }

    public string Body { get; private set; } = "";

    public Instant CreatedAt { get; private set; }
}
