using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Filters hold for messages as they do for promises, and stay wherever a link or a button leads.</summary>
internal sealed class DeliveryFilterTests : DeskFixture
{
    private OpsBrowser browser = null!;
    private long billing;
    private long sales;

    [SetUp]
    public async Task Two_tickets()
    {
        await Policy();
        billing = (long)(await Open("\"queue\": \"billing\", \"priority\": \"urgent\""))["id"]!;
        sales = (long)(await Open("\"queue\": \"sales\", \"assignee\": \"bob\""))["id"]!;
        await Database.Execute("update deliveries set state = 'dead', last_error = '550 No such mailbox', ended_at = created_at");
        browser = await OpsBrowser.SignedIn(Desk);
    }

    private static IEnumerable<string> Dead(IHtmlDocument page) => page.QuerySelectorAll("#dead .number, .ops > .ops-table .number").Select(number => number.TextContent);

    [TestCase("queue=billing", true, false)]
    [TestCase("priority=urgent", true, false)]
    [TestCase("assignee=bob", false, true)]
    [TestCase("assigned=false", true, false)]
    [TestCase("kind=first_response", true, true)]
    [TestCase("kind=update", false, false)]
    [TestCase("hours=24", true, true)]
    public async Task Messages_are_held_to_the_filters_by_their_tickets(string query, bool hasBilling, bool hasSales)
    {
        string[] expected = [.. new[] { hasSales ? $"#{sales}" : null, hasBilling ? $"#{billing}" : null }.OfType<string>()];
        var page = await browser.Page($"/ops?{query}");
        Assert.That(Dead(page), Is.EquivalentTo(expected));
        Assert.That(page.QuerySelector(".tile[href='#dead'] strong")!.TextContent, Is.EqualTo($"{expected.Length}"));
        Assert.That(Dead(await browser.Page($"/ops/deliveries/dead?{query}")), Is.EquivalentTo(expected));
        if (expected.Length == 0) Assert.That(page.QuerySelector("#dead .ops-none")!.TextContent, Is.EqualTo("Nothing here matches the filters."));
    }

    [Test]
    public async Task All_that_is_tried_again_is_what_the_list_shows()
    {
        var page = await browser.Page("/ops?queue=billing");
        var answer = await browser.Press(page, "/deliveries/retry?queue=billing");
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("../../ops?queue=billing&retried=1.0.0"));
        Assert.That(await Database.Ask<string>("select string_agg(ticket_id::text, ',') from deliveries where state = 'dead'"), Is.EqualTo($"{sales}"));
        Assert.That((await browser.Press(page, "/deliveries/retry?queue=billing")).Headers.Location?.OriginalString, Does.EndWith("retried=0.0.0"));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'dead'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Whichever_way_one_goes_the_filters_stay()
    {
        await Database.Execute(
            """
            insert into deliveries (id, effect, ticket_id, kind, channel, recipient, locale, subject, text_body, html_body, message_id, state, attempts, next_attempt_at, created_at, ended_at)
            select gen_random_uuid(), 'x' || n, $1, 'reply', 'email', 'ada@example.org', 'en', 's', 't', 'h', 'm' || n, 'dead', 1, '2026-03-02T08:00:00Z', '2026-03-02T08:00:00Z', '2026-03-02T08:00:00Z'
            from generate_series(1, 60) n
            """, billing);
        var page = await browser.Page("/ops?queue=billing&hours=8");
        Assert.That(Languages(page), Is.EqualTo(new[] { "?lang=en&hours=8&queue=billing", "?lang=fi&hours=8&queue=billing", "?lang=tr&hours=8&queue=billing" }));
        Assert.That(page.QuerySelector("#dead .ops-more a")!.GetAttribute("href"), Is.EqualTo("ops/deliveries/dead?hours=8&queue=billing"));
        var list = await browser.Page("/ops/deliveries/dead?hours=8&queue=billing");
        var next = list.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await browser.Page(next.Replace("../../", "/"));
        Assert.That((Dead(list).Count(), Dead(second).Count()), Is.EqualTo((50, 11)));
        // Also on the same stretch of it.
        var after = next[next.IndexOf("after=", StringComparison.Ordinal)..];
        Assert.That(Languages(second)[1], Is.EqualTo($"?lang=fi&hours=8&queue=billing&{after}"));
        Assert.That(Dead(await browser.Page($"/ops/deliveries/dead{Languages(second)[1]}")).Count(), Is.EqualTo(11));
        Assert.That(Languages(await browser.Page("/ops"))[1], Is.EqualTo("?lang=fi"));
    }

    private static List<string> Languages(IHtmlDocument page) => [.. page.QuerySelectorAll(".languages a").Select(link => link.GetAttribute("href")!)];
}
