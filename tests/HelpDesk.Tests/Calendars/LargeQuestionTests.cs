using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars;

public sealed class LargeQuestionTests
{
    [Test]
    public async Task A_thousand_questions_each_with_a_calendar_of_years_of_holidays_are_answered()
    {
        using var desk = TestDesk.Start(kestrel: true);
        var holidays = string.Join(',', Enumerable.Range(2000, 250).Select(year => $"\"{year}-12-25\""));
        var question = $$"""{ "calendar": { "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] }, "holidays": [{{holidays}}] }, "start": "2026-03-02T09:00:00Z", "duration": "PT1H" }""";
        var answer = await desk.Admin.Post("/v1/calendars/deadline", $$"""{ "items": [{{string.Join(',', Enumerable.Repeat(question, 1_000))}}] }""").Json(HttpStatusCode.OK);
        Assert.That(answer["items"]!.AsArray().Select(item => (string?)item!["deadline"]).Distinct(), Is.EqualTo(new[] { "2026-03-02T10:00:00Z" }));
    }
}
