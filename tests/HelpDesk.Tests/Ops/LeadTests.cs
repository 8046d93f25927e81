using System.Net;
using HelpDesk.Jobs;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Ops;

/// <summary>Leads sign in with a key that stands for them, look at the jobs, and get to nothing else of the operators'.</summary>
internal sealed class LeadTests : DeskFixture
{
    private bool HasEnginePages => Desk.Services.GetRequiredService<IJobEngine>().HasDashboard;

    private async Task<string> Agent(string more = "\"role\": \"lead\"", string name = "Grace") =>
        (string)(await Desk.Admin.Post("/v1/agents", $$"""{ "name": "{{name}}", "email": "{{name.ToLowerInvariant()}}@example.org", {{more}} }""").Json(HttpStatusCode.Created))["id"]!;

    private async Task<(string Id, string Key)> Key(string? agent, string more = "\"scopes\": [\"tickets:read\"]")
    {
        var made = await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "Desk of a lead", {{(agent is null ? "" : $"\"agentId\": \"{agent}\",")}} {{more}} }""").Json(HttpStatusCode.Created);
        return ((string)made["id"]!, (string)made["key"]!);
    }

    private Task<OpsBrowser> Lead(string key) => OpsBrowser.SignedIn(Desk, key, "../jobs");

    private static async Task IsIn(OpsBrowser browser) => Assert.That((await browser.Get("/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    private static async Task IsOut(OpsBrowser browser)
    {
        var answer = await browser.Get("/jobs");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString, browser.Session), Is.EqualTo((HttpStatusCode.SeeOther, "ops/sign-in", (string?)null)));
    }

    [Test]
    public async Task A_lead_signs_in_sees_the_jobs_and_signs_out()
    {
        var browser = await Lead((await Key(await Agent())).Key);
        Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; httponly").And.Contain("; samesite=strict"));
        await IsIn(browser);
        var copied = browser.Session;
        var answer = await browser.Press(await browser.Page("/ops/sign-out"), "/sign-out");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString, browser.Session), Is.EqualTo((HttpStatusCode.SeeOther, "../ops/sign-in", (string?)null)));
        await IsOut(new(Desk) { Session = copied });
    }

    [TestCase("en", "Jobs", "To look at", "Sign out")]
    [TestCase("fi", "Ajot", "Katsottavaksi", "Kirjaudu ulos")]
    [TestCase("tr", "İşler", "Yalnızca bakmak için", "Oturumu kapatın")]
    public async Task Where_the_engine_has_no_pages_the_desk_shows_how_the_jobs_go_and_nothing_to_press(string language, string title, string words, string signOut)
    {
        if (HasEnginePages)
        {
            Assert.That(Desk.Services.GetRequiredService<IJobEngine>().Name, Is.EqualTo("hangfire"), "its own pages are looked at with that engine's tests");
            return;
        }

        var browser = await Lead((await Key(await Agent())).Key);
        var answer = await browser.Get($"/jobs?lang={language}");
        var page = await answer.Page();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((page.QuerySelector("h1")!.TextContent, page.DocumentElement.GetAttribute("lang")), Is.EqualTo((title, language)));
            Assert.That(page.QuerySelector("main")!.TextContent, Does.Contain(words).And.Contain("Grace"));
            Assert.That(page.QuerySelectorAll(".ops-table tbody code").Select(code => code.TextContent), Is.EquivalentTo(RecurringJobs.All.Select(job => job.Name)));
            Assert.That(page.QuerySelectorAll("main form").Select(form => form.GetAttribute("action")), Is.EqualTo(new[] { $"ops/sign-out?lang={language}" }));
            Assert.That(page.QuerySelectorAll("main button").Select(button => button.TextContent), Is.EqualTo(new[] { signOut }));
            Assert.That(page.QuerySelectorAll("main a"), Is.Empty);
            Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        }
    }

    [Test]
    public async Task She_is_told_that_a_job_failed_and_not_what_with()
    {
        if (HasEnginePages) return;
        await Database.Execute("insert into recurring_jobs (name, started_at, took_ms, done, error) values ('forget_old_mail', '2026-03-02T07:00:00Z', 5, 0, 'no such address: ada@example.org')");
        var (lead, admin) = (await Lead((await Key(await Agent())).Key), await OpsBrowser.SignedIn(Desk));
        Assert.That((await lead.Page("/jobs")).QuerySelector(".state.bad")!.TextContent, Does.StartWith("failed"));
        Assert.That((await lead.Page("/jobs")).DocumentElement.OuterHtml, Does.Not.Contain("ada@example.org"));
        Assert.That((await admin.Page("/ops")).DocumentElement.OuterHtml, Does.Contain("ada@example.org"));
    }

    [TestCase("en", "For operators only", "Go to the jobs")]
    [TestCase("fi", "Vain valvojille", "Siirry ajoihin")]
    [TestCase("tr", "Yalnızca işletenler için", "İşlere geçin")]
    public async Task The_operators_view_is_refused_to_her_in_her_language(string language, string title, string link)
    {
        var browser = await Lead((await Key(await Agent())).Key);
        foreach (var path in new[] { "/ops", "/ops/overdue", "/ops/due", "/ops/at-risk", "/ops/deliveries/dead", "/ops/deliveries/failed" })
        {
            var page = await browser.Page($"{path}?lang={language}", HttpStatusCode.Forbidden);
            var up = string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/') - 1));
            Assert.That((page.QuerySelector("h1")!.TextContent, page.DocumentElement.GetAttribute("lang")), Is.EqualTo((title, language)));
            Assert.That(page.QuerySelector(".lead")!.TextContent, Does.Contain("admin"));
            Assert.That((page.QuerySelector("main a")!.TextContent, page.QuerySelector("main a")!.GetAttribute("href")), Is.EqualTo((link, $"{up}jobs?lang={language}")));
            Assert.That(page.QuerySelector("main form")!.GetAttribute("action"), Is.EqualTo($"{up}ops/sign-out?lang={language}"));
        }

        Assert.That((await browser.Press(await browser.Page("/ops", HttpStatusCode.Forbidden), "/sign-out")).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(browser.Session, Is.Null);
    }

    [Test]
    public async Task Nothing_that_she_posts_is_done_even_with_her_session_s_mark()
    {
        await Open("\"priority\": \"high\"");
        await Database.Execute("update deliveries set state = 'dead', attempts = 5, last_error = '550'");
        var delivery = await Database.Ask<Guid>("select id from deliveries limit 1");
        var browser = await Lead((await Key(await Agent())).Key);
        var mark = (await browser.Page("/ops/sign-out")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        foreach (var path in new[] { $"/ops/deliveries/{delivery}/retry", "/ops/deliveries/retry", $"/ops/long-work/{delivery}/cancellation" })
        {
            var page = await (await browser.Post(path, [("token", mark)])).Page(HttpStatusCode.Forbidden);
            Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("For operators only"), path);
        }

        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state <> 'dead'"), Is.Zero);
        Assert.That((await browser.Post("/ops/sign-out", [("token", mark + "x")])).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await browser.Post("/ops/sign-out", [("token", mark)], ("Sec-Fetch-Site", "cross-site"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await IsIn(browser);
        await browser.Get("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [TestCase("""{ "role": "agent" }""")]
    [TestCase("""{ "role": "admin" }""")]
    [TestCase("""{ "active": false }""")]
    public async Task Who_is_a_lead_no_more_is_out_at_her_next_request(string change)
    {
        var agent = await Agent();
        var browser = await Lead((await Key(agent)).Key);
        using var another = StartAnother();
        var there = new OpsBrowser(another) { Session = browser.Session };
        await IsIn(browser);
        await IsIn(there);
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/agents/{agent}", change).Json();
        await IsOut(browser);
        await IsOut(there);
    }

    [Test]
    public async Task Her_session_ends_with_her_key()
    {
        var agent = await Agent();
        var (revoked, rotated) = (await Key(agent), await Key(agent));
        var (first, second) = (await Lead(revoked.Key), await Lead(rotated.Key));
        await Desk.Admin.DeleteAsync($"/v1/api-keys/{revoked.Id}");
        await IsOut(first);
        await IsIn(second);
        await Desk.Admin.Post($"/v1/api-keys/{rotated.Id}/rotation", """{ "overlap": "PT0S" }""").Json();
        await IsOut(second);
    }

    [Test]
    public async Task Whoever_has_just_become_a_lead_gets_in_at_once()
    {
        var agent = await Agent("\"role\": \"agent\"");
        var key = (await Key(agent)).Key;
        await IsNobody(key, "nor stands for a lead");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/agents/{agent}", """{ "role": "lead" }""").Json();
        await IsIn(await Lead(key));
    }

    [TestCase("\"role\": \"agent\"", "\"scopes\": [\"tickets:read\", \"messages:write\"]")]
    [TestCase("\"role\": \"admin\"", "\"scopes\": [\"tickets:read\"]")]
    [TestCase(null, "\"scopes\": [\"tickets:read\"]")]
    public async Task A_key_that_stands_for_no_lead_opens_nothing(string? agent, string key) => await IsNobody((await Key(agent is null ? null : await Agent(agent), key)).Key, "nor stands for a lead");

    [Test]
    public async Task A_lead_who_is_held_to_queues_or_whose_key_is_sees_the_jobs_which_tell_of_no_tickets()
    {
        await Desk.Admin.Post("/v1/queues", """{ "name": "billing" }""").Json(HttpStatusCode.Created);
        var held = await Agent("\"role\": \"lead\", \"queues\": [\"billing\"], \"restrictedToQueues\": true");
        await IsIn(await Lead((await Key(held)).Key));
        await IsIn(await Lead((await Key(await Agent(name: "Ada"), "\"scopes\": [\"tickets:read\"], \"queues\": [\"billing\"]")).Key));
    }

    [Test]
    public async Task A_lead_who_may_do_everything_is_an_operator()
    {
        var browser = await OpsBrowser.SignedIn(Desk, (await Key(await Agent(), "\"scopes\": [\"admin\"]")).Key);
        Assert.That((await browser.Page("/ops")).QuerySelector(".ops-who p")!.TextContent, Is.EqualTo("Signed in as Grace"));
    }

    [Test]
    public async Task Her_sign_ins_stand_in_the_log_under_her()
    {
        var agent = await Agent();
        var (_, key) = await Key(agent);
        var browser = await Lead(key);
        await browser.Press(await browser.Page("/ops/sign-out"), "/sign-out");
        var log = (await Desk.Admin.GetAsync($"/v1/audit?actor=agent:{agent}").Json())["items"]!.AsArray();
        Assert.That(log.Select(entry => ((string?)entry!["type"], (string?)entry["data"]?["with"])), Is.EqualTo(new[] { ("session.ended", null), ("session.started", (string?)"key") }));
    }

    [Test]
    public async Task Guesses_are_counted_and_a_good_key_that_opens_nothing_is_none()
    {
        var (lead, other) = ((await Key(await Agent())).Key, (await Key(null)).Key);
        using var slow = StartAnother(("RateLimits:FailuresPerMinute", "2"));
        foreach (var key in new[] { other, "one", "two" }) Assert.That((await new OpsBrowser(slow).SignIn(key)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await new OpsBrowser(slow).SignIn(lead)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    private async Task IsNobody(string key, string words)
    {
        var browser = new OpsBrowser(Desk);
        var page = await (await browser.SignIn(key)).Page(HttpStatusCode.Forbidden);
        Assert.That(page.QuerySelector("[role=alert]")!.TextContent, Does.Contain(words));
        Assert.That(browser.Session, Is.Null);
        await IsOut(browser);
    }
}
