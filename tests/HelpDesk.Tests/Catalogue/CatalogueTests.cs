using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Catalogue;

/// <summary>What anybody may read of what is promised.</summary>
internal sealed class CatalogueTests : DeskFixture
{
    private const string Address = "/v1/commitments";

    private const string Terms = """
        { "first_response": { "target": "PT2H", "cushion": "PT1H", "lead": "PT15M", "byPriority": { "urgent": { "target": "PT30M", "cushion": "PT0S", "hours": "around_the_clock", "lead": "PT5M" } },
                              "ladder": [{ "at": "75%", "do": "notify", "to": "canary@example.org" }] },
          "resolution": { "target": "PT16H" } }
        """;

    private readonly ManualClock machine = new();

    protected override TimeProvider Machine => machine;

    private Task<HttpResponseMessage> Ask(string query = "", params (string, string)[] headers) => Desk.Anonymous.Send(HttpMethod.Get, Address + query, headers: headers);

    private async Task<JsonNode> Only(string query = "") => (await Ask(query).Json())["policies"]!.AsArray().Single()!;

    [Test]
    public async Task It_says_what_customers_are_promised_and_nothing_of_what_the_desk_does_behind_it()
    {
        await Policy(Terms, """ "published": true, "description": "For everybody", "remedy": "canary", "when": { "priority": ["normal", "urgent"], "tier": ["gold"] } """);
        var answer = await Ask();
        var text = await answer.Content.ReadAsStringAsync();
        var policy = JsonNode.Parse(text)!["policies"]![0]!;
        var first = policy["terms"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Not.Contain("canary").And.Not.Contain("ladder").And.Not.Contain("cushion").And.Not.Contain("lead").And.Not.Contain("PT2H").And.Not.Contain("renew"));
            Assert.That(((string?)policy["name"], (string?)policy["description"], (int)policy["version"]!), Is.EqualTo(("p", "For everybody", 1)));
            Assert.That(policy["covers"]!.AsArray().Select(line => (string?)line), Is.EqualTo(new[] { "Priority: Normal, Urgent", "Customer tier: gold" }));
            Assert.That(((string?)first["kind"], (string?)first["promise"], (string?)first["hours"]), Is.EqualTo(("first_response", "PT3H", "working")), "the target and its cushion");
            Assert.That((string?)first["words"], Is.EqualTo("Our first answer comes within 3 working hours."));
            Assert.That(first["pauses"], Is.Null);
            Assert.That(first["byPriority"]!.AsArray().Select(entry => $"{entry!["priority"]} {entry["name"]} {entry["promise"]} {entry["hours"]} {entry["words"]}"), Is.EqualTo(new[]
            {
                "urgent Urgent PT30M around_the_clock Our first answer comes within 30 minutes, around the clock.",
            }));
            Assert.That(policy["terms"]![1]!["pausesIn"]!.ToJsonString(), Is.EqualTo("""["waiting_on_customer","on_hold"]"""));
            Assert.That((string?)policy["terms"]![1]!["pauses"], Is.EqualTo("The time stands still while we wait for your answer or the request is on hold."));
            Assert.That((string?)policy["hours"]!["words"], Is.EqualTo("Monday to Friday 09:00–17:00; closed on Saturday and Sunday"));
            Assert.That((string?)policy["hours"]!["timeZone"], Is.EqualTo("UTC"));
            Assert.That((string?)policy["followUp"], Does.StartWith("If it takes longer"));
            Assert.That(((string?)policy["reopenWindow"], (string?)policy["reopening"]), Is.EqualTo(("PT336H", "Write to us again within 14 days of the solution, and we take the matter up again.")));
        }
    }

    [Test]
    public async Task Of_the_policies_those_that_are_published_stand_there_in_the_order_they_are_tried()
    {
        var one = await Policy(more: """ "published": true """);
        await Policy();
        var three = await Policy(more: """ "published": true """);
        Assert.That(await Ids(), Is.EqualTo(new[] { one, three }));
        var hidden = (await Desk.Admin.GetAsync("/v1/policies").Json())["items"]![1]!["id"];
        await Desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", $$"""{ "ids": ["{{three}}", "{{hidden}}", "{{one}}"] }""");
        Assert.That(await Ids(), Is.EqualTo(new[] { three, one }), "at once");
        await Desk.Admin.Send(HttpMethod.Delete, $"/v1/policies/{three}");
        Assert.That(await Ids(), Is.EqualTo(new[] { one }));
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{one}", """{ "published": false }""", "application/merge-patch+json").Json();
        Assert.That(await Ids(), Is.Empty);

        async Task<IEnumerable<string?>> Ids() => (await Ask().Json())["policies"]!.AsArray().Select(policy => (string?)policy!["id"]);
    }

    [TestCase("", "fi-FI, en;q=0.5", "fi")]
    [TestCase("", "de, tr-CY;q=0.9, en;q=0.8", "tr")]
    [TestCase("", "en;q=0.2, tr;q=0, fi;q=0.1", "en")]
    [TestCase("", "sv", "en")]
    [TestCase("", "§ no locale", "en")]
    [TestCase("?lang=tr", "fi", "tr")]
    [TestCase("?lang=de", "fi", "fi")]
    public async Task It_is_in_the_language_asked_for_and_says_so(string query, string accepted, string language)
    {
        await Policy(more: """ "published": true """);
        var answer = await Ask(query, ("Accept-Language", accepted));
        var said = await answer.Json();
        Assert.That(answer.Content.Headers.ContentLanguage, Is.EqualTo(new[] { language }));
        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Language"));
        Assert.That((string?)said["language"], Is.EqualTo(language));
        Assert.That((string?)said["policies"]![0]!["terms"]![0]!["name"], Is.EqualTo(language switch { "fi" => "Ensimmäinen vastaus", "tr" => "İlk yanıt", _ => "First answer" }));
    }

    [TestCase("?lang=xx-not-one")]
    [TestCase("?lang=")]
    [TestCase("?lang=en&lang=fi")]
    public async Task A_language_that_cannot_be_is_refused(string query) => await Ask(query).Refuses("lang");

    [Test]
    public async Task Who_has_it_is_not_sent_it_again_until_it_changes()
    {
        var id = await Policy(more: """ "published": true """);
        var tag = (await Ask()).Headers.ETag!.ToString();
        var known = await Ask("", ("If-None-Match", tag));
        Assert.That((known.StatusCode, (await known.Content.ReadAsByteArrayAsync()).Length, known.Headers.ETag!.ToString()), Is.EqualTo((HttpStatusCode.NotModified, 0, tag)));
        Assert.That((await Ask()).Headers.CacheControl!.ToString(), Is.EqualTo("public, no-cache"));
        Assert.That((await Ask("?lang=fi", ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK), "in another language");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{id}", """{ "name": "q" }""", "application/merge-patch+json").Json();
        Assert.That((await Ask("", ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_change_of_the_calendar_is_seen_at_once_here_and_within_a_second_elsewhere()
    {
        await Policy(more: """ "published": true """);
        using var other = StartAnother();
        var before = (await other.Anonymous.GetAsync(Address)).Headers.ETag;
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "week": { "sat": [["10:00","12:00"]] } }""", "application/merge-patch+json").Json();
        Assert.That((string?)(await Only())["hours"]!["words"], Is.EqualTo("Monday to Friday 09:00–17:00; Saturday 10:00–12:00; closed on Sunday"));
        Assert.That((await other.Anonymous.GetAsync(Address)).Headers.ETag, Is.EqualTo(before), "the other server has not looked yet");
        machine.Advance(Duration.FromSeconds(1));
        Assert.That((await other.Anonymous.GetAsync(Address)).Headers.ETag, Is.EqualTo((await Ask()).Headers.ETag));
        Assert.That((await Ask()).Headers.ETag, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task The_days_ahead_change_when_the_calendar_s_day_does()
    {
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "timeZone": "Europe/Helsinki", "holidays": ["2026-03-03", "12-25"] }""", "application/merge-patch+json").Json();
        await Policy(more: """ "published": true """);
        await Now("2026-03-03T21:59:59Z");
        Assert.That(await Dates(), Is.EqualTo(new[] { "2026-03-03", "2026-12-25" }));
        await Now("2026-03-03T22:00:00Z");
        Assert.That(await Dates(), Is.EqualTo(new[] { "2026-12-25" }));

        async Task<IEnumerable<string?>> Dates() => (await Only())["hours"]!["ahead"]!.AsArray().Select(day => (string?)day!["date"]);
    }

    [Test]
    public async Task Where_every_priority_has_a_term_of_its_own_the_usual_one_is_not_published()
    {
        await Policy(
            """{ "first_response": { "target": "PT9H", "byPriority": { "high": { "target": "PT4H" }, "urgent": { "target": "PT1H" }, "low": { "target": "PT40H" } } } }""",
            """ "published": true, "when": { "priority": ["urgent", "high"] } """);
        var term = (await Only())["terms"]![0]!;
        Assert.That((string?)term["promise"], Is.EqualTo("PT4H"));
        Assert.That(term["byPriority"]!.AsArray().Select(entry => $"{entry!["priority"]} {entry["promise"]}"), Is.EqualTo(new[] { "urgent PT1H" }));
    }

    [Test]
    public async Task Pages_of_any_origin_may_read_it_and_ask_for_a_quote()
    {
        var answer = await Ask("", ("Origin", "https://elsewhere.example.com"));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        var preflight = await Desk.Anonymous.Send(
            HttpMethod.Options, Address + "/quote",
            headers: [("Origin", "https://elsewhere.example.com"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")]);
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
    }
}
