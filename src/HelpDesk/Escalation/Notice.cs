using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using HelpDesk.Database;

namespace HelpDesk.Escalation;

/// <summary>That a person of the desk is to be told of a promise, for one cause. Written by <see cref="CallIn"/>, sent by <see cref="SendNotices"/>.</summary>
internal sealed class Notice
{
    public Guid Id { get; private set; }

    /// <summary>An agent's id, an e-mail address in lower case, or the address of a webhook.</summary>
    public string Person { get; private set; } = "";

    public Guid? AgentId { get; private set; }

    public long TicketId { get; private set; }

    public Guid CommitmentId { get; private set; }

    public Guid PromiseId { get; private set; }

    public NoticeWhy Why { get; private set; }

    /// <summary>The step of the ladder, as a policy writes it; empty where no step calls.</summary>
    public string Step { get; private set; } = "";

    public Instant CreatedAt { get; private set; }

    /// <summary>Not before: people are called in working hours.</summary>
    public Instant DueAt { get; private set; }

    /// <summary>When what has gathered for the person by then leaves.</summary>
    public Instant SendAt { get; private set; }

    public Guid? DeliveryId { get; private set; }

    public Instant? DroppedAt { get; private set; }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("notices");
        notice.Property(row => row.Id).ValueGeneratedNever();
        notice.Property(row => row.Why).HasConversion<Conventions.EnumConverter<NoticeWhy>>();
    }
}
