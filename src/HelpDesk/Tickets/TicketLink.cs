using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Tickets;

/// <summary>What one ticket is to another.</summary>
public enum LinkType
{
    /// <summary>They have to do with each other.</summary>
    Relates,

    /// <summary>The one must be done before the other.</summary>
    Blocks,

    /// <summary>The one is about the same as the other.</summary>
    Duplicates,
}

/// <summary>Which way a link points, seen from one of its tickets.</summary>
public enum LinkDirection
{
    /// <summary>This ticket blocks or duplicates the other.</summary>
    Outgoing,

    /// <summary>The other blocks or duplicates this one.</summary>
    Incoming,
}

/// <summary>A link between two tickets.</summary>
internal sealed class TicketLink
{
    private TicketLink()
    {
    }

    public TicketLink(Guid id, LinkType type, long fromId, long toId, Instant now) => (Id, Type, FromId, ToId, CreatedAt) = (id, type, fromId, toId, now);

    public Guid Id { get; private set; }

    public LinkType Type { get; private set; }

    public long FromId { get; private set; }

    public long ToId { get; private set; }

    public Instant CreatedAt { get; private set; }
}

internal sealed class TicketLinkTable : IEntityTypeConfiguration<TicketLink>
{
    public void Configure(EntityTypeBuilder<TicketLink> link)
    {
        link.ToTable("ticket_links");
        link.Property(row => row.Id).ValueGeneratedNever();
        link.Property(row => row.Type).HasConversion<Database.Conventions.EnumConverter<LinkType>>();
    }
}
