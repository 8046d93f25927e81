namespace HelpDesk.Delivery;

/// <summary>Everything that a template may say to people of the desk whom promises need: one message of all that is due for one of them.</summary>
internal sealed class NoticeModel
{
    [Placeholder("What the agent is called; nothing where it goes to an address alone.", "Anna")]
    public string? AgentName { get; init => field = value is null ? null : SingleLine.Of(value); }

    [Placeholder("How the desk signs: Desk:Name.", "HelpDesk")]
    public required string DeskName { get; init => field = SingleLine.Of(value); }

    [Placeholder("The number of the first ticket.", "42")]
    public required long TicketNumber { get; init; }

    [Placeholder("The subject of the first ticket.", "Printer on fire")]
    public required string Subject { get; init => field = SingleLine.Of(value); }

    [Placeholder("The promises that need somebody.")]
    public IReadOnlyList<NoticeEntry> Notices { get; init; } = [];

    [Placeholder("How many promises there are, those that are not listed among them.", "3")]
    public required string NoticeCount { get; init; }

    [Placeholder("How many more there are than are listed.", "12")]
    public string? MoreNotices { get; init; }

    [Placeholder("Whether there is more than one.")]
    public bool SeveralNotices { get; init; }

    /// <param name="isWhole">With every optional value.</param>
    public static NoticeModel Sample(Language language, bool isWhole)
    {
        var date = DateWords.Format(Instant.FromUtc(2026, 3, 2, 10, 0), DateTimeZoneProviders.Tzdb["Europe/Helsinki"], language);
        NoticeEntry Entry(string kind, string why) => new()
        {
            TicketNumber = 42,
            Subject = language.SampleSubject,
            What = language.Owed(kind),
            OldDate = date,
            Asked = language.Asked(why),
            CustomerName = isWhole ? "Ada" : null,
            NewDate = isWhole ? date : null,
            PublicUrl = isWhole ? "https://console.example.com/tickets/42" : null,
        };
        return new()
        {
            AgentName = isWhole ? "Anna" : null,
            DeskName = "HelpDesk",
            TicketNumber = 42,
            Subject = language.SampleSubject,
            Notices = isWhole ? [Entry("first_response", "coming_up"), Entry("resolution", "given_up")] : [Entry("first_response", "lapsed")],
            NoticeCount = isWhole ? "14" : "1",
            MoreNotices = isWhole ? "12" : null,
            SeveralNotices = isWhole,
        };
    }
}

/// <summary>One promise in a notice to people of the desk.</summary>
internal sealed class NoticeEntry
{
    [Placeholder("The ticket's number.", "42")]
    public required long TicketNumber { get; init; }

    [Placeholder("The ticket's subject.", "Printer on fire")]
    public required string Subject { get; init => field = SingleLine.Of(value); }

    [Placeholder("What the customer is called; her address, where that is not known.", "Ada")]
    public string? CustomerName { get; init => field = value is null ? null : SingleLine.Of(value).Trim(); }

    [Placeholder("What is owed, as the head of a list entry.", "First answer")]
    public required string What { get; init => field = SingleLine.Of(value); }

    [Placeholder("What was promised.", "Monday, 2 March 2026 at 12:00 (Europe/Helsinki)")]
    public required string OldDate { get; init; }

    [Placeholder("What is promised now, where that is another date.", "Monday, 2 March 2026 at 13:00 (Europe/Helsinki)")]
    public string? NewDate { get; init; }

    [Placeholder("What has happened, and what is asked: whole sentences.", "It is still owed: please see to it in time.", MustBeSaid = true)]
    public required string Asked { get; init; }

    [Placeholder("Where an agent sees the ticket: Desk:TicketUrl.", "https://console.example.com/tickets/42", IsAddress = true)]
    public string? PublicUrl { get; init => field = value is null ? null : SingleLine.Of(value); }
}
