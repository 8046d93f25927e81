using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Leads sign in at the issuer of tokens, and look at the jobs.</summary>
internal sealed class IssuerLeadTests : IssuerSignInFixture
{
    private static int agents;

    /// <summary>An account without a role, of an agent at the desk.</summary>
    private async Task<(string Id, Func<string, string> Identity)> Account(string more = "\"role\": \"lead\"", string? roles = null)
    {
        var email = $"grace-{Interlocked.Increment(ref agents)}@example.org";
        var agent = await Ours.Admin.Post("/v1/agents", $$"""{ "name": "Grace", "email": "{{email}}", {{more}} }""").Json(HttpStatusCode.Created);
        return ((string)agent["id"]!, Identity(("roles", roles), ("email", email)));
    }

    private static async Task SeesJobs(OpsBrowser browser) => Assert.That((await browser.Get("/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    private static async Task SeesNothing(OpsBrowser browser)
    {
        var answer = await browser.Get("/jobs");
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.SeeOther, "ops/sign-in")));
    }

    [Test]
    public async Task The_account_of_a_lead_opens_the_jobs_and_nothing_else()
    {
        var (id, identity) = await Account();
        var browser = await Through(identity);
        var page = await Last!.Page();
        Assert.That((Last!.Headers.GetValues("Refresh").Single(), page.QuerySelector("main a")!.GetAttribute("href"), page.QuerySelector("main a")!.TextContent), Is.EqualTo(("0; url=../../jobs", "../../jobs", "Go to the jobs")));
        Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; httponly").And.Contain("; samesite=strict").And.Contain("; expires=mon, 02 mar 2026 09:00:00 gmt"));
        await SeesJobs(browser);
        Assert.That((await browser.Page("/ops", HttpStatusCode.Forbidden)).QuerySelector("h1")!.TextContent, Is.EqualTo("For operators only"));
        var entry = (await Ours.Admin.GetAsync($"/v1/audit?actor=agent:{id}").Json())["items"]!.AsArray().Single()!;
        Assert.That(((string?)entry["type"], (string?)entry["data"]!["with"]), Is.EqualTo(("session.started", "token")));
        await browser.Press(await browser.Page("/ops/sign-out"), "/sign-out");
        Assert.That((string?)(await Ours.Admin.GetAsync($"/v1/audit?actor=agent:{id}&type=session.ended").Json())["items"]![0]!["actor"], Is.EqualTo($"agent:{id}"));
    }

    [Test]
    public async Task The_language_is_kept_on_the_way_to_the_jobs()
    {
        var (_, identity) = await Account();
        var browser = new OpsBrowser(Ours);
        var answer = await browser.Get(BackFrom(await Leave(browser, "?lang=tr"), identity));
        Assert.That((answer.Headers.GetValues("Refresh").Single(), (await answer.Page()).QuerySelector("main a")!.TextContent), Is.EqualTo(("0; url=../../jobs?lang=tr", "İşlere geçin")));
    }

    [TestCase("""{ "role": "agent" }""")]
    [TestCase("""{ "active": false }""")]
    public async Task Who_is_a_lead_no_more_is_out_at_her_next_request(string change)
    {
        var (id, identity) = await Account();
        var browser = await Through(identity);
        await SeesJobs(browser);
        await Ours.Admin.Send(HttpMethod.Patch, $"/v1/agents/{id}", change).Json();
        await SeesNothing(browser);
    }

    [Test]
    public async Task Her_session_ends_with_the_token()
    {
        var browser = await Through((await Account()).Identity);
        Machine.Now += Duration.FromHours(1) - Duration.FromMilliseconds(1);
        await SeesJobs(browser);
        Machine.Now += Duration.FromMilliseconds(1);
        await SeesNothing(browser);
    }

    /// <summary>What she could do as a lead she cannot make into what an operator may, nor does a role of the desk's give her that.</summary>
    [Test]
    public async Task A_lead_s_session_is_never_an_operator_s()
    {
        var (id, identity) = await Account();
        var browser = await Through(identity);
        Assert.That(browser.Session, Does.StartWith("lead-"));
        await SeesNothing(new(Ours) { Session = "jwt-" + browser.Session!["lead-".Length..] });
        await Ours.Admin.Send(HttpMethod.Patch, $"/v1/agents/{id}", """{ "role": "admin" }""").Json();
        await SeesNothing(browser);
    }

    [Test]
    public async Task An_operator_who_is_held_to_queues_meanwhile_is_what_is_left_of_her()
    {
        await Ours.Admin.Post("/v1/queues", """{ "name": "returns" }""");
        var (id, identity) = await Account(roles: "admin");
        var browser = await Through(identity);
        await IsIn(browser);
        await Ours.Admin.Send(HttpMethod.Patch, $"/v1/agents/{id}", """{ "queues": ["returns"], "restrictedToQueues": true }""").Json();
        await SeesJobs(browser);
        Assert.That((await browser.Get("/ops")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await SeesJobs(await Through(identity));
    }

    [Test]
    public async Task An_account_of_another_agent_or_of_none_is_told_why_not()
    {
        await IsNot(await Through((await Account("\"role\": \"agent\"")).Identity), HttpStatusCode.Forbidden, "stands for no lead");
        await IsNot(await Through(Identity(("roles", null), ("email", "nobody@example.org"))), HttpStatusCode.Forbidden, "stands for no lead");
        await Account();
        // An address that the issuer has not verified is nobody's.
        await IsNot(await Through(Identity(("roles", null), ("email", $"grace-{agents}@example.org"), ("email_verified", false))), HttpStatusCode.Forbidden, "stands for no lead");
    }
}
