namespace HelpDesk.Delivery;

/// <summary>A letter of nobody's, to try templates with.</summary>
internal static class MessageSample
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Instant First = Instant.FromUtc(2026, 3, 2, 10, 0);

    /// <param name="isWhole">With every optional value; else with none but what the kind cannot do without.</param>
    public static MessageModel Of(MessageKind kind, Language language, bool isWhole)
    {
        var body = kind is MessageKind.Reply or MessageKind.Remedy || isWhole ? language.SampleBody : null;
        if (!isWhole) return new() { TicketNumber = 42, Subject = language.SampleSubject, DeskName = "HelpDesk", Body = body };
        return new()
        {
            CustomerName = "Ada",
            TicketNumber = 42,
            Subject = language.SampleSubject,
            DeskName = "HelpDesk",
            ContinuesAs = 7,
            PublicUrl = "https://desk.example.com/t/0123456789abcdef",
            Items = Items(kind, language),
            Reason = language.SampleReason,
            Remedy = language.SampleBody,
            Body = body,
            WaitingFor = language.SampleReason,
            WaitsForCustomer = true,
            CalledIn = "Liisa",
        };
    }

    /// <summary>As the kind has them: what is promised now, what was promised before, or both.</summary>
    private static MessageItem[] Items(MessageKind kind, Language language)
    {
        string Date(int hours) => DateWords.Format(First + Duration.FromHours(hours), Zone, language);
        var (answer, solution) = (language.What("first_response"), language.What("resolution"));
        return kind switch
        {
            MessageKind.Paused => [new() { What = solution, OldDate = Date(28), NoNewDate = true }],
            MessageKind.FollowUp or MessageKind.Recovery =>
                [new() { What = answer, OldDate = Date(0), NewDate = Date(1) }, new() { What = solution, OldDate = Date(2), NoNewDate = true }],
            MessageKind.Promise or MessageKind.Merged => [new() { What = answer, NewDate = Date(0) }, new() { What = solution, OldDate = Date(28), NewDate = Date(26) }],
            _ => [new() { What = answer, NewDate = Date(0) }, new() { What = solution, NewDate = Date(28) }],
        };
    }
}
