namespace HelpDesk.Delivery;

/// <summary>
/// Everything a template may say, under the names it says it by (<c>{{customerName}}</c>). Dates come as words, made by <see
/// cref="DateWords"/>. What belongs on
/// one line is held to one line, so that a name cannot pretend to be a paragraph of ours.
/// </summary>
internal sealed class MessageModel
{
    public string? CustomerName { get; init => field = value is null ? null : SingleLine.Of(value).Trim(); }

    public required long TicketNumber { get; init; }

    /// <summary>The ticket's.</summary>
    public required string Subject { get; init => field = SingleLine.Of(value); }

    public required string DeskName { get; init => field = SingleLine.Of(value); }

    /// <summary>The customer's other ticket, under which a merged one goes on.</summary>
    public long? ContinuesAs { get; init; }

    /// <summary>Where the customer can follow the ticket.</summary>
    public string? PublicUrl { get; init => field = value is null ? null : SingleLine.Of(value); }

    /// <summary>The promises that the message speaks of.</summary>
    public IReadOnlyList<MessageItem> Items { get; init; } = [];

    /// <summary>Why it takes longer, or took too long.</summary>
    public string? Reason { get; init; }

    /// <summary>What the desk does to make up for a broken promise.</summary>
    public string? Remedy { get; init; }

    /// <summary>An agent's words: the whole of a <see cref="MessageKind.Reply"/>, a remark in the others.</summary>
    public string? Body { get; init; }

    /// <summary>What a paused ticket waits for.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>True: a paused ticket waits for the customer; false: for somebody else.</summary>
    public bool WaitsForCustomer { get; init; }

    /// <summary>Who has been called in where no new date is promised.</summary>
    public string? CalledIn { get; init => field = value is null ? null : SingleLine.Of(value); }

    /// <summary>The agent whom a <see cref="MessageKind.Notice"/> is for; null where it goes to an address alone.</summary>
    public string? AgentName { get; init => field = value is null ? null : SingleLine.Of(value); }

    /// <summary>What a <see cref="MessageKind.Notice"/> tells: one entry for each promise that needs somebody.</summary>
    public IReadOnlyList<NoticeEntry> Notices { get; init; } = [];

    /// <summary>How many more there are than are listed.</summary>
    public int MoreNotices { get; init; }

    public int NoticeCount => Notices.Count + MoreNotices;

    public bool SeveralNotices => NoticeCount > 1;

    public bool HasNewDate => Items.Any(item => item.NewDate is not null);

    public bool LacksNewDate => Items.Any(item => item.NoNewDate);
}

/// <summary>One promise in a message.</summary>
internal sealed class MessageItem
{
    /// <summary>What is promised, as the head of a list entry; see <see cref="PromiseWords.What"/>.</summary>
    public required string What { get; init => field = SingleLine.Of(value); }

    public string? OldDate { get; init; }

    public string? NewDate { get; init; }

    /// <summary>It is said plainly that there is no new date.</summary>
    public bool NoNewDate { get; init; }
}

/// <summary>One promise in a notice to people of the desk.</summary>
internal sealed class NoticeEntry
{
    public required long TicketNumber { get; init; }

    public required string Subject { get; init => field = SingleLine.Of(value); }

    /// <summary>Her address, where her name is not known.</summary>
    public string? CustomerName { get; init => field = value is null ? null : SingleLine.Of(value).Trim(); }

    /// <summary>What is owed; see <see cref="Language.Owed"/>.</summary>
    public required string What { get; init => field = SingleLine.Of(value); }

    public required string OldDate { get; init; }

    /// <summary>What is promised now, where that is another date.</summary>
    public string? NewDate { get; init; }

    /// <summary>What has happened, and what is asked; see <see cref="Language.Asked"/>.</summary>
    public required string Asked { get; init; }

    /// <summary>Where an agent sees the ticket.</summary>
    public string? PublicUrl { get; init => field = value is null ? null : SingleLine.Of(value); }
}
