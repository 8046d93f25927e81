using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>What the operators' board shows. It is Monday, 08:00; each ticket is promised an answer within four hours.</summary>
internal sealed class BoardTests : DeskFixture
{
    private OpsBrowser browser = null!;

    [SetUp]
    public async Task Sign_in()
    {
        await Policy();
        browser = await OpsBrowser.SignedIn(Desk);
    }

    private static IReadOnlyList<string> Tickets(IHtmlDocument page, string shelf) =>
        [.. page.QuerySelectorAll($"section[aria-labelledby={shelf}] tbody tr, .ops > .ops-table tbody tr").Select(row => row.QuerySelector(".number")!.TextContent)];

    private static string Row(IHtmlDocument page, string shelf) => string.Join(' ', page.QuerySelector($"section[aria-labelledby={shelf}] tbody tr")!.Children.Select(Words));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Tile(IHtmlDocument page, string target) => page.QuerySelector($".tile[href='#{target}'] strong")!.TextContent;

    private async Task<IReadOnlyList<string>> Due(string query) => Tickets(await browser.Page($"/ops?{query}"), "due");

    private async Task<long> Opened(string more = "") => (long)(await Open(more))["id"]!;

    [Test]
    public async Task An_empty_desk_says_so_in_words()
    {
        var page = await browser.Page("/ops");
        Assert.That(page.QuerySelector("#stands-still")!.TextContent, Does.StartWith("This is a sandbox whose time stands still"));
        Assert.That(page.QuerySelectorAll(".ops-none").Select(part => part.TextContent), Is.EqualTo(new[]
        {
            "Nothing is overdue.", "Nothing is at risk.", "Nothing is promised for within the next 4 hours.", "No message has been given up.", "No message is failing.", "No long work has been asked for.",
        }));
        Assert.That(page.QuerySelectorAll(".tile.calm"), Has.Length.EqualTo(6));
    }

    [Test]
    public async Task Promises_are_shown_by_what_is_the_matter_with_them()
    {
        var (overdue, atRisk, soon, later) = (await Opened(), await Opened(), await Opened(), await Opened());
        await Database.Execute("update commitments set promised_at = '2026-03-02T07:00:00Z' where ticket_id = $1", overdue);
        await Database.Execute("update commitments set follow_up_at = '2026-03-02T07:59:00Z' where ticket_id = $1", atRisk);
        await Database.Execute("update commitments set promised_at = '2026-03-02T20:00:00Z', follow_up_at = '2026-03-02T19:00:00Z' where ticket_id = $1", later);
        var page = await browser.Page("/ops");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tickets(page, "overdue"), Is.EqualTo(new[] { $"#{overdue}" }));
            Assert.That(Tickets(page, "at-risk"), Is.EqualTo(new[] { $"#{atRisk}" }));
            Assert.That(Tickets(page, "due"), Is.EquivalentTo(new[] { $"#{atRisk}", $"#{soon}" }));
            Assert.That((Tile(page, "overdue"), Tile(page, "at-risk"), Tile(page, "due")), Is.EqualTo(("1", "1", "2")));
            Assert.That(Row(page, "overdue"), Is.EqualTo($"#{overdue} Printer on fire First answer 07:00 1 h ago No new date no queue nobody"));
            Assert.That(Row(page, "at-risk"), Is.EqualTo($"#{atRisk} Printer on fire First answer 12:00 in 4 h no queue nobody"));
            Assert.That(await Due("hours=24"), Has.Count.EqualTo(3));
            Assert.That(await Due("hours=1"), Is.Empty);
            Assert.That(await Due("hours=7"), Has.Count.EqualTo(2), "what there is not to choose is as if it were not there");
        }
    }

    [Test]
    public async Task What_a_sweep_has_found_lapsed_stays_overdue_with_its_new_date()
    {
        var ticket = await Opened();
        await Now("2026-03-02T13:00:00Z");
        await Sweep();
        Assert.That(Row(await browser.Page("/ops"), "overdue"), Is.EqualTo($"#{ticket} Printer on fire First answer 13:00 now 15:00 in 2 h no queue nobody"));
        Assert.That(Row(await browser.Page("/ops"), "due"), Is.EqualTo($"#{ticket} Printer on fire First answer 15:00 in 2 h Overdue no queue nobody"));
        await Now("2027-03-02T13:00:00Z");
        Assert.That(Row(await browser.Page("/ops"), "overdue"), Does.Contain("Mon 2 Mar 2026, 13:00 365 d ago"));
    }

    [Test]
    public async Task Filters_hold_for_every_list_and_stay_in_the_links()
    {
        await Desk.Admin.Post("/v1/queues", """{ "name": "billing" }""").Json(HttpStatusCode.Created);
        var agent = (string)(await Desk.Admin.Post("/v1/agents", """{ "name": "Anna Aalto", "email": "anna@example.com", "role": "agent" }""").Json(HttpStatusCode.Created))["id"]!;
        var billing = await Opened("\"queue\": \"billing\"");
        var urgent = await Opened("\"priority\": \"urgent\"");
        var anna = await Opened($"\"assignee\": \"{agent}\"");
        var other = await Opened("\"assignee\": \"bob\"");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Due(""), Has.Count.EqualTo(4));
            Assert.That(await Due("queue=billing"), Is.EqualTo(new[] { $"#{billing}" }));
            Assert.That(await Due("priority=urgent"), Is.EqualTo(new[] { $"#{urgent}" }));
            Assert.That(await Due("assignee=anna%20aalto"), Is.EqualTo(new[] { $"#{anna}" }));
            Assert.That(await Due("assignee=ANNA@example.com"), Is.EqualTo(new[] { $"#{anna}" }));
            Assert.That(await Due("assignee=bob"), Is.EqualTo(new[] { $"#{other}" }));
            Assert.That(await Due("assigned=false"), Is.EquivalentTo(new[] { $"#{billing}", $"#{urgent}" }));
            Assert.That(await Due("kind=first_response"), Has.Count.EqualTo(4));
            Assert.That(await Due("kind=update"), Is.Empty);
            Assert.That(await Due("priority=nothing&kind=%00&queue=%00"), Has.Count.EqualTo(4));
        }

        var page = await browser.Page("/ops?hours=24&assignee=anna%20aalto&priority=normal");
        Assert.That(Row(page, "due"), Does.EndWith("no queue Anna Aalto"));
        Assert.That(page.QuerySelectorAll(".ops-filter [selected]").Select(option => option.TextContent), Is.EqualTo(new[] { "24 hours", "Normal" }));
        Assert.That(page.QuerySelector("[name=assignee]")!.GetAttribute("value"), Is.EqualTo("anna aalto"));
        Assert.That(page.QuerySelectorAll("datalist option").Select(option => option.GetAttribute("value")), Is.EqualTo(new[] { "billing", "Anna Aalto" }));
        Assert.That((await browser.Page("/ops?kind=update")).QuerySelector(".ops-none")!.TextContent, Is.EqualTo("Nothing here matches the filters."));
    }

    [Test]
    public async Task A_long_list_is_read_a_page_at_a_time()
    {
        var first = await Open();
        await Database.Execute(
            """
            insert into commitments (id, ticket_id, kind, cycle, state, term, reopening, started_at, promised_at, renewals, renewals_since_human, pauses)
            select gen_random_uuid(), $1, 'callback', n, 'running', '{}', false, '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'::timestamptz + (n / 7) * interval '1 minute', 0, 0, '[]'
            from generate_series(1, 119) n
            """, (long)first["id"]!);
        var board = await browser.Page("/ops");
        Assert.That((Tile(board, "due"), Tickets(board, "due").Count), Is.EqualTo(("120", 8)));
        var link = board.QuerySelector("section[aria-labelledby=due] .ops-more a")!;
        Assert.That((link.TextContent, link.GetAttribute("href")), Is.EqualTo(("All 120", "ops/due")));
        var (path, times, pages) = ((string?)"/ops/due", new List<string>(), new List<int>());
        while (path is not null)
        {
            var page = await browser.Page(path);
            pages.Add(page.QuerySelectorAll("tbody tr").Length);
            times.AddRange(page.QuerySelectorAll("tbody time").Select(time => time.GetAttribute("datetime")!));
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href")?.Replace("../", "/");
        }

        Assert.That(pages, Is.EqualTo(new[] { 50, 50, 20 }));
        Assert.That(times, Is.Ordered);
        Assert.That((await browser.Get("/ops/overdue?after=nonsense")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Whatever_people_wrote_is_shown_as_text()
    {
        const string Evil = "<img src=x onerror=alert(1)>\\\"'&amp;</title>";
        await PostTicket($$"""{ "subject": "{{Evil}}", "body": "x", "requester": { "email": "ada@example.org", "name": "{{Evil}}" }, "queue": "{{Evil}}", "assignee": "{{Evil}}" }""").Json(HttpStatusCode.Created);
        await Database.Execute("update deliveries set state = 'dead', last_error = '550 <script>alert(1)</script>', recipient = '<b>x</b>@example.org', ended_at = created_at");
        foreach (var path in new[] { "/ops", "/ops/due", "/ops/deliveries/dead", "/ops?queue=%22%3E%3Cimg%20src%3Dx%3E&assignee=%3Cb%3E" })
        {
            var page = await browser.Page(path);
            Assert.That(page.QuerySelectorAll("img, b, [onerror], script:not([src])"), Is.Empty, path);
        }

        Assert.That(Row(await browser.Page("/ops"), "due"), Does.Contain("<img src=x onerror=alert(1)>\"'&amp;</title>"));
    }

    [Test]
    public async Task A_ticket_leads_to_the_agents_frontend_where_there_is_one()
    {
        var ticket = await Opened();
        using var another = StartAnother(("Desk:TicketUrl", "https://console.example.com/tickets/{id}"));
        var page = await (await OpsBrowser.SignedIn(another)).Page("/ops");
        Assert.That(page.QuerySelector("section[aria-labelledby=due] .ticket a")!.GetAttribute("href"), Is.EqualTo($"https://console.example.com/tickets/{ticket}"));
    }

    [Test]
    public async Task The_board_is_right_in_the_desk_s_zone()
    {
        await Open();
        using var another = StartAnother(("Desk:TimeZone", "Europe/Helsinki"));
        var there = await OpsBrowser.SignedIn(another);
        Assert.That(Row(await there.Page("/ops"), "due"), Does.Contain("14:00 in 4 h"));
        Assert.That((await there.Page("/ops")).QuerySelector("#as-of")!.TextContent, Is.EqualTo("As of 10:00:00 (Europe/Helsinki)"));
        Assert.That((await there.Page("/ops?lang=fi")).QuerySelector("section[aria-labelledby=due] td[data-label=Luvattu]") is { } cell ? Words(cell) : "", Is.EqualTo("14.00 4 t päästä"));
        Assert.That((await there.Page("/ops?lang=tr")).QuerySelector("section[aria-labelledby=due] time")!.GetAttribute("title"), Does.Contain("Pazartesi"));
    }

    [Test]
    public async Task Without_a_database_the_page_says_that_it_will_be_back()
    {
        using var another = StartAnother();
        var there = await OpsBrowser.SignedIn(another);
        await Database.Interrupt(async () => Assert.That((await there.Page("/ops", HttpStatusCode.ServiceUnavailable)).QuerySelector("h1")!.TextContent, Is.EqualTo("We will be right back")));
        await there.Page("/ops");
    }

    [Test]
    public async Task It_refreshes_itself_with_a_script_of_the_desk_s_own_and_without_one()
    {
        var page = await browser.Page("/ops?hours=8");
        Assert.That(page.QuerySelector("head script")!.GetAttribute("src"), Does.StartWith("assets/").And.EndsWith("/ops.js"));
        Assert.That(page.QuerySelector("head noscript")!.InnerHtml, Does.Contain("http-equiv=\"refresh\" content=\"60\""));
        Assert.That(page.QuerySelectorAll("head > meta[http-equiv]"), Is.Empty);
        Assert.That(page.QuerySelector("#live"), Is.Not.Null);
    }
}
