namespace HelpDesk.Delivery;

/// <summary>Everything the template of a <see cref="MessageKind.Notice"/> may say: it goes to people of the desk and speaks of one promise or of many.</summary>
internal sealed class NoticeModel
{
    [Placeholder("What the agent is called; missing where it goes to an address alone.", "Grace")]
    public string? AgentName { get; init => field = value is null ? null : SingleLine.Of(value); }

    [Placeholder("The number of the ticket, where it speaks of one alone.", "42")]
    public long? TicketNumber { get; init; }

    [Placeholder("The subject of the ticket, where it speaks of one alone.", "Printer on fire")]
    public string? Subject { get; init => field = value is null ? null : SingleLine.Of(value); }

    [Placeholder("How the desk signs: Desk:Name.", "HelpDesk")]
    public required string DeskName { get; init => field = SingleLine.Of(value); }

    [Placeholder("The promises that need somebody, the most pressing first.")]
    public IReadOnlyList<NoticeEntry> Notices { get; init; } = [];

    [Placeholder("How many more there are than are listed; missing where all are.", "3")]
    public int? MoreNotices { get; init; }

    [Placeholder("How many there are in all.", "5")]
    public int NoticeCount => Notices.Count + (MoreNotices ?? 0);

    [Placeholder("Whether it speaks of more than one promise.")]
    public bool SeveralNotices => NoticeCount > 1;
}

/// <summary>One promise in a notice to people of the desk.</summary>
internal sealed class NoticeEntry
{
    [Placeholder("The ticket's number.", "42", MustBeSaid = true)]
    public required long TicketNumber { get; init; }

    [Placeholder("The ticket's subject.", "Printer on fire")]
    public required string Subject { get; init => field = SingleLine.Of(value); }

    [Placeholder("What the customer is called; her address, where her name is not known.", "Ada")]
    public string? CustomerName { get; init => field = value is null ? null : SingleLine.Of(value).Trim(); }

    [Placeholder("What is owed, as the head of a list entry.", "First answer")]
    public required string What { get; init => field = SingleLine.Of(value); }

    [Placeholder("By when it was promised.", "Monday, 2 March 2026 at 12:00 (Europe/Helsinki)", MustBeSaid = true)]
    public required string OldDate { get; init; }

    [Placeholder("What is promised now, where that is another date.", "Monday, 2 March 2026 at 13:00 (Europe/Helsinki)")]
    public string? NewDate { get; init; }

    [Placeholder("What has happened, and what is asked: whole sentences.", "The promise lapsed.")]
    public required string Asked { get; init; }

    [Placeholder("Where the ticket is seen.", "https://desk.example.com/t/0123456789abcdef", IsAddress = true)]
    public string? PublicUrl { get; init => field = value is null ? null : SingleLine.Of(value); }
}
