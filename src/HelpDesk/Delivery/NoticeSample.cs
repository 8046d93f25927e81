namespace HelpDesk.Delivery;

/// <summary>A notice to nobody, to try templates with.</summary>
internal static class NoticeSample
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Instant First = Instant.FromUtc(2026, 3, 2, 10, 0);

    /// <param name="isWhole">Of many promises, with every optional value; else of one, with none.</param>
    public static object Of(Language language, bool isWhole) => isWhole
        ? new NoticeModel { AgentName = "Grace", TicketNumber = 42, Subject = language.SampleSubject, DeskName = "HelpDesk", Notices = [Entry(language, isWhole), Entry(language, isWhole)], MoreNotices = 3 }
        : new NoticeModel { DeskName = "HelpDesk", TicketNumber = 42, Subject = language.SampleSubject, Notices = [Entry(language, isWhole)] };

    private static NoticeEntry Entry(Language language, bool isWhole) => new()
    {
        TicketNumber = 42,
        Subject = language.SampleSubject,
        CustomerName = isWhole ? "Ada" : null,
        What = language.Owed("first_response"),
        OldDate = DateWords.Format(First, Zone, language),
        NewDate = isWhole ? DateWords.Format(First + Duration.FromHours(1), Zone, language) : null,
        Asked = language.Asked("lapsed"),
        PublicUrl = isWhole ? "https://desk.example.com/t/0123456789abcdef" : null,
    };
}
