using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using HelpDesk.Reports;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Reports;

/// <summary>What everybody may see, and what only a key may.</summary>
internal sealed class PublicPerformanceTests : DeskFixture
{
    private const string Address = "/v1/commitments/performance";

    protected override IEnumerable<(string Key, string Value)> Settings => [("Performance:SmallestPublicSample", "3"), ("RateLimits:PublicPerMinute", "0")];

    [Test]
    public async Task Figures_of_today_are_for_keys_alone()
    {
        await Policy();
        await Answered(4, "billing");
        var all = await Desk.Admin.GetAsync(Address).Json();
        Assert.That(((bool)all["public"]!, (string?)all["to"], (int)all["total"]!["verdicts"]!, (decimal)all["total"]!["keptPercent"]!), Is.EqualTo((false, "2026-03-03", 4, 100m)));
        var shown = await Desk.Anonymous.GetAsync(Address).Json();
        Assert.That(((bool)shown["public"]!, (bool)shown["total"]!["withheld"]!, shown["total"]!["verdicts"]), Is.EqualTo((true, true, (JsonNode?)null)));
        await Now("2026-03-03T08:00:00Z");
        shown = await Desk.Anonymous.GetAsync(Address).Json();
        Assert.That(((int)shown["total"]!["verdicts"]!, (string?)shown["from"], (string?)shown["to"]), Is.EqualTo((4, "2026-03-02", "2026-03-03")));
        Assert.That(shown["total"]!["promises"]!.ToJsonString(), Is.EqualTo((await Desk.Admin.GetAsync(Address).Json())["total"]!["promises"]!.ToJsonString()));
        Assert.That(((int)shown["total"]!["responseTimes"]!["sample"]!, shown["total"]!["resolutionTimes"]!["sample"]), Is.EqualTo((4, (JsonNode?)null)), "too few were resolved");
    }

    [Test]
    public async Task A_small_sample_is_withheld_and_so_is_what_would_give_it_away()
    {
        await Policy(more: """ "published": true, "when": { "queue": ["billing", "sales", "hr"] } """);
        await Answered(5, "billing");
        await Answered(4, "sales");
        await Answered(1, "hr");
        await Now("2026-03-03T08:00:00Z");
        // The total less billing and sales would be the one of hr.
        var shown = await Desk.Anonymous.GetAsync(Address + "?by=queue").Json();
        Assert.That((bool)shown["total"]!["withheld"]!, Is.True);
        await Answered(3, "hr");
        await Now("2026-03-04T08:00:00Z");
        shown = await Desk.Anonymous.GetAsync(Address + "?by=queue").Json();
        Assert.That(Named(shown), Is.EqualTo(new[] { "billing 5", "hr 4", "sales 4" }));
        Assert.That(shown["other"], Is.Null);
    }

    [Test]
    public async Task A_group_too_small_is_named_without_figures_and_counted_among_the_others()
    {
        await Policy(more: """ "published": true, "when": { "queue": ["billing", "sales", "hr"] } """);
        await Answered(5, "billing");
        await Answered(2, "sales");
        await Answered(1, "hr");
        await Now("2026-03-03T08:00:00Z");
        var shown = await Desk.Anonymous.GetAsync(Address + "?by=queue").Json();
        Assert.That(Named(shown), Is.EqualTo(new[] { "billing 5", "hr withheld", "sales withheld" }));
        Assert.That(((int)shown["other"]!["verdicts"]!, (int)shown["total"]!["verdicts"]!), Is.EqualTo((3, 8)));
        Assert.That(shown["groups"]![1]!["figures"]!.AsObject().Where(member => member.Key != "withheld").Select(member => member.Value), Is.All.Null);
    }

    [Test]
    public async Task Names_that_no_published_policy_names_are_not_shown()
    {
        await Policy(more: """ "when": { "queue": ["secret"] } """);
        await Policy(more: """ "published": true, "when": { "queue": ["billing"] } """);
        await Answered(4, "secret");
        await Answered(4, "billing");
        await Now("2026-03-03T08:00:00Z");
        foreach (var by in new[] { "queue", "policy", "channel" })
        {
            var answer = await Desk.Anonymous.GetAsync($"{Address}?by={by}");
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("secret"));
            Assert.That((int)(await answer.Json())["other"]!["verdicts"]!, Is.EqualTo(by == "channel" ? 8 : 4), by);
        }

        Assert.That(Named(await Desk.Admin.GetAsync(Address + "?by=queue").Json()), Is.EqualTo(new[] { "billing 4", "secret 4" }));
    }

    [Test]
    public async Task Whoever_lacks_the_scope_or_is_held_to_queues_sees_what_everybody_sees()
    {
        foreach (var more in new[] { """ "scopes": ["tickets:read"] """, """ "scopes": ["reports:read"], "queues": ["sales"] """ })
        {
            var key = (string)(await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "k", {{more}} }""").Json(HttpStatusCode.Created))["key"]!;
            Assert.That((bool)(await Desk.With(key).GetAsync(Address).Json())["public"]!, Is.True, more);
        }

        var reports = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["reports:read"] }""").Json(HttpStatusCode.Created))["key"]!;
        Assert.That((bool)(await Desk.With(reports).GetAsync(Address).Json())["public"]!, Is.False);
    }

    [Test]
    public async Task Where_it_is_not_public_a_key_with_the_scope_is_needed()
    {
        using var closed = StartAnother(("Performance:Public", "false"));
        foreach (var address in new[] { Address, "/v1/commitments/badge.svg" })
        {
            await closed.Anonymous.GetAsync(address).Problem(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.That((await closed.Admin.GetAsync(address)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        var held = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["reports:read"], "queues": ["sales"] }""").Json(HttpStatusCode.Created))["key"]!;
        await closed.With(held).GetAsync(Address).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
    }

    [TestCase("from=2026-3-1", "from")]
    [TestCase("to=yesterday", "to")]
    [TestCase("from=2026-03-02&to=2026-03-02", "from")]
    [TestCase("from=2024-01-01&to=2026-03-02", "from")]
    [TestCase("by=agent", "by")]
    [TestCase("from=2026-01-01&from=2026-01-02", "from")]
    public async Task What_is_asked_wrongly_is_named(string query, string member) => await Desk.Anonymous.GetAsync($"{Address}?{query}").Refuses(member);

    [Test]
    public async Task An_answer_may_be_kept_and_is_asked_about_again_until_something_changes()
    {
        await Policy();
        await Answered(3, "billing");
        await Now("2026-03-03T08:00:00Z");
        var first = await Desk.Anonymous.GetAsync(Address);
        var tag = first.Headers.ETag!.ToString();
        Assert.That((first.Headers.CacheControl!.ToString(), first.Headers.Vary.ToString()), Is.EqualTo(("public, max-age=60", "Authorization")));
        Assert.That((await Desk.Anonymous.Send(HttpMethod.Get, Address, headers: ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        var full = await Desk.Admin.GetAsync(Address);
        Assert.That((full.Headers.ETag!.ToString() == tag, full.Headers.CacheControl!.Public), Is.EqualTo((false, false)));
        // Another server counts; this one must not go on with what it knows.
        await Answered(1, "billing");
        using var other = StartAnother();
        await other.Services.GetRequiredService<RollUp>().RunOnce(default);
        Assert.That((await Desk.Anonymous.Send(HttpMethod.Get, Address, headers: ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((int)(await Desk.Admin.GetAsync(Address).Json())["total"]!["verdicts"]!, Is.EqualTo(4));
    }

    [Test]
    public async Task Without_a_key_an_address_may_ask_so_often()
    {
        // A minute that does not end meanwhile.
        using var desk = TestDesk.Start([("Sandbox:Clock", "true"), ("RateLimits:PublicPerMinute", "2")], machine: new ManualClock(), database: Database);
        await desk.Anonymous.GetAsync(Address).Json();
        await desk.Anonymous.GetAsync("/v1/commitments/badge.svg");
        var refused = await desk.Anonymous.GetAsync(Address);
        await Task.FromResult(refused).Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        await desk.Admin.GetAsync(Address).Json();
    }

    [TestCase("Performance:SmallestPublicSample", "0")]
    [TestCase("Performance:SmallestPublicSample", "many")]
    public void A_wrong_configuration_stops_the_start(string key, string value) =>
        Assert.That(Assert.Catch<WrongConfiguration>(() => StartAnother((key, value)))!.Message, Does.StartWith(key));

    [TestCase("", "en", "promises kept", "100 % (90 days)")]
    [TestCase("?lang=tr&days=30", "tr", "tutulan sözler", "%100 (30 gün)")]
    [TestCase("?lang=fi-FI&days=1&kind=first_response", "fi", "pidetyt lupaukset: ensivastaus", "100 % (1 pv)")]
    public async Task The_badge_says_how_well(string query, string language, string label, string value)
    {
        await Policy();
        await Answered(3, "billing");
        await Now("2026-03-03T08:00:00Z");
        var answer = await Desk.Anonymous.GetAsync("/v1/commitments/badge.svg" + query);
        Assert.That((answer.Content.Headers.ContentType!.ToString(), answer.Headers.ETag is null), Is.EqualTo(("image/svg+xml; charset=utf-8", false)));
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        Assert.That(((string?)svg.Attribute("role"), (string?)svg.Attribute(XNamespace.Xml + "lang")), Is.EqualTo(("img", language)));
        Assert.That(svg.Elements().First(element => element.Name.LocalName == "title").Value, Is.EqualTo($"{label} {value}"));
        Assert.That(svg.ToString(), Does.Not.Contain("href").And.Not.Contain("url(").And.Not.Contain("script"));
    }

    [Test]
    public async Task A_badge_of_too_few_says_so_to_everybody()
    {
        await Policy();
        await Answered(2, "billing");
        await Now("2026-03-03T08:00:00Z");
        foreach (var caller in new[] { Desk.Anonymous, Desk.Admin })
        {
            Assert.That(await (await caller.GetAsync("/v1/commitments/badge.svg")).Content.ReadAsStringAsync(), Does.Contain("too few to tell (90 days)").And.Not.Contain("class=\"kept\""));
        }
    }

    [Test]
    public async Task Nearly_all_is_not_all()
    {
        Assert.That((default(Tally) with { Kept = 9999, Broken = 1 }).KeptPercent, Is.EqualTo(99.9m));
        Assert.That(BadgeWords.All["fi"].Value(99.9m, 90), Is.EqualTo("99,9 % (90 pv)"));
        Assert.That(BadgeWords.All["en"].Value(98m, 1), Is.EqualTo("98.0 % (1 day)"));
        await Desk.Anonymous.GetAsync("/v1/commitments/badge.svg?lang=sv").Refuses("lang");
        await Desk.Anonymous.GetAsync("/v1/commitments/badge.svg?days=0").Refuses("days");
        await Desk.Anonymous.GetAsync("/v1/commitments/badge.svg?kind=gold").Refuses("kind");
    }

    [Test]
    public async Task The_strip_has_a_day_for_each_and_puts_small_ones_together()
    {
        await Policy();
        await Answered(3, "billing");
        await Now("2026-03-03T08:00:00Z");
        await Answered(1, "billing");
        await Now("2026-03-05T08:00:00Z");
        await Answered(2, "billing");
        await Now("2026-03-06T08:00:00Z");
        await Answered(1, "billing");
        await Now("2026-03-07T08:00:00Z");
        var strip = await Desk.Services.GetRequiredService<DayStrips>().Read(6, default);
        Assert.That(strip.Select(day => $"{day.Day.Day} {(day.IsWithheld ? "withheld" : "shown")} {day.Figures?.Kept}"), Is.EqualTo(new[]
        {
            "1 withheld ", "2 shown 3", "3 withheld 3", "4 withheld 3", "5 withheld 3", "6 withheld ",
        }));
    }

    /// <summary>Tickets that were answered in time, today.</summary>
    private async Task Answered(int count, string queue)
    {
        for (var ticket = 0; ticket < count; ticket++) await Said(await Open($"\"queue\": \"{queue}\""), "agent");
        await Desk.Services.GetRequiredService<RollUp>().RunOnce(default);
    }

    private static IEnumerable<string> Named(JsonNode answer) =>
        answer["groups"]!.AsArray().Select(group => $"{group!["name"]} {((bool)group["figures"]!["withheld"]! ? "withheld" : group["figures"]!["verdicts"])}");
}
