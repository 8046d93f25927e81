using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HelpDesk.Reports;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.PromisePages;

/// <summary>A desk whose promises are read by everybody.</summary>
internal abstract class PromisePageFixture : DeskFixture
{
    protected const string Terms = """
        { "first_response": { "target": "PT2H", "byPriority": { "urgent": { "target": "PT30M", "hours": "around_the_clock" } } }, "resolution": { "target": "PT16H" } }
        """;

    protected const string Published = """ "published": true """;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Desk:Name", "Tea & Co"), ("Performance:SmallestPublicSample", "3"), ("RateLimits:PublicPerMinute", "0")];

    protected ManualClock Clock { get; } = new();

    protected override TimeProvider Machine => Clock;

    /// <summary>What was known of figures is asked for anew.</summary>
    [SetUp]
    public void Another_second() => Clock.Advance(Duration.FromSeconds(2));

    protected Task<HttpResponseMessage> Ask(string query = "", params (string, string)[] headers) => Desk.Anonymous.Send(HttpMethod.Get, "/promises" + query, headers: headers);

    protected async Task<IHtmlDocument> See(string query = "") => await (await Ask(query)).Page();

    protected static string Text(INode node) => string.Join(' ', node.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    protected static IEnumerable<string> Texts(IParentNode page, string selector) => page.QuerySelectorAll(selector).Select(Text);

    /// <summary>Each day's hours, today first.</summary>
    protected static IEnumerable<string> Hours(IHtmlDocument page) => page.QuerySelectorAll(".days > div").Select(day => $"{day.QuerySelector("time")!.GetAttribute("datetime")} {Text(day.QuerySelector("dd")!)}");

    protected Task<string> PatchCalendar(string json) => Patched($"/v1/calendars/{Calendar}", json);

    protected async Task<string> Patched(string path, string json)
    {
        var answer = await Desk.Admin.Send(HttpMethod.Patch, path, json, "application/merge-patch+json");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Tickets that were answered in time, today.</summary>
    protected async Task Answered(int count)
    {
        for (var ticket = 0; ticket < count; ticket++) await Said(await Open(), "agent");
        await Desk.Services.GetRequiredService<RollUp>().RunOnce(default);
        Another_second();
    }
}
