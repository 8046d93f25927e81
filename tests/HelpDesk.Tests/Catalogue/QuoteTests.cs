using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Catalogue;

/// <summary>What a request would be promised before it is made.</summary>
internal sealed class QuoteTests : DeskFixture
{
    private const string Terms = """
        { "first_response": { "target": "PT2H", "cushion": "PT1H", "byPriority": { "urgent": { "target": "PT30M", "cushion": "PT0S" } } }, "next_response": { "target": "PT4H" },
          "update": { "target": "PT8H" }, "resolution": { "target": "PT16H" } }
        """;

    private Task<HttpResponseMessage> Ask(string json = "{}", string query = "") => Desk.Anonymous.Post("/v1/commitments/quote" + query, json);

    private static IEnumerable<string> Owed(JsonNode quote) => quote["commitments"]!.AsArray().Select(item => $"{item!["kind"]} {item["dueAt"]} {item["promisedAt"]}");

    [Test]
    public async Task It_is_what_a_ticket_made_of_it_is_promised()
    {
        await Policy("""{ "first_response": { "target": "PT1H" } }""", """ "published": true, "when": { "tag": ["vip"], "channel": ["web"] } """);
        await Policy(Terms, """ "published": true, "when": { "queue": ["billing"] } """);
        await Policy("""{ "resolution": { "target": "PT40H" } }""", """ "published": true, "when": { "locale": ["fi"], "category": ["hardware"] } """);
        foreach (var members in new[]
        {
            """ "tags": ["vip", "x"], "channel": "web" """, """ "tags": ["vip"], "queue": "billing" """, """ "queue": "billing", "priority": "urgent" """, """ "category": "hardware" """, """ "priority": "low" """,
        })
        {
            var ticket = await Open(members, """{ "email": "veikko@example.org", "locale": "fi-FI", "timeZone": "Europe/Helsinki" }""");
            var quote = await Ask($$"""{ {{members}}, "locale": "fi-FI", "timeZone": "Europe/Helsinki" }""").Json();
            using (Assert.EnterMultipleScope())
            {
                Assert.That((string?)quote["policy"]?["id"], Is.EqualTo((string?)ticket["policyId"]), members);
                Assert.That(quote["nextPromise"]?.ToJsonString(), Is.EqualTo(ticket["nextPromise"]?.ToJsonString()), members);
                Assert.That(Owed(quote), Is.EqualTo(Owed(ticket)), members);
            }
        }

        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(5), "those that were made, and no more");
    }

    [Test]
    public async Task It_has_the_target_the_promise_and_the_words_she_would_be_told()
    {
        await Policy(Terms, """ "published": true """);
        var quote = await Ask().Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(quote.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "policy", "commitments", "nextPromise" }));
            Assert.That(quote["commitments"]![0]!.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "kind", "dueAt", "promisedAt", "words" }));
            Assert.That(Owed(quote), Is.EqualTo(new[] { "first_response 2026-03-02T11:00:00Z 2026-03-02T12:00:00Z", "resolution 2026-03-03T17:00:00Z 2026-03-03T17:00:00Z" }));
            Assert.That((string?)quote["nextPromise"]!["words"], Is.EqualTo("We will answer you by Monday, 2 March 2026 at 12:00 (UTC)."));
        }
    }

    [Test]
    public async Task Words_are_in_the_customer_s_language_else_in_the_caller_s()
    {
        await Policy(Terms);
        Assert.That((string?)(await Ask("""{ "locale": "fi", "timeZone": "Europe/Helsinki" }""", "?lang=tr").Json())["nextPromise"]!["words"], Is.EqualTo("Vastaamme sinulle viimeistään maanantaina 2. maaliskuuta 2026 klo 14.00 (Europe/Helsinki)."));
        var answer = await Ask("{}", "?lang=tr");
        Assert.That((string?)(await answer.Json())["nextPromise"]!["words"], Is.EqualTo("Size en geç şu tarihte yanıt vereceğiz: 2 Mart 2026 Pazartesi, 12:00 (UTC)."));
        Assert.That(answer.Content.Headers.ContentLanguage, Is.EqualTo(new[] { "tr" }));
    }

    [Test]
    public async Task It_may_be_asked_for_another_instant()
    {
        await Policy(Terms);
        Assert.That((string?)(await Ask("""{ "at": "2026-03-07T08:00:00Z" }""").Json())["nextPromise"]!["promisedAt"], Is.EqualTo("2026-03-09T12:00:00Z"));
    }

    [Test]
    public async Task What_is_not_published_promises_its_dates_and_is_named_to_those_alone_who_read_policies()
    {
        await Policy(Terms, """ "description": "canary" """);
        var reader = await Key("policies:read");
        var other = await Key("tickets:read");
        var named = await reader.Post("/v1/commitments/quote", "{}").Json();
        Assert.That((string?)named["policy"]!["description"], Is.EqualTo("canary"));
        foreach (var caller in new[] { Desk.Anonymous, other })
        {
            var quote = await caller.Post("/v1/commitments/quote", "{}").Json();
            Assert.That(quote["policy"], Is.Null);
            Assert.That(Owed(quote), Is.EqualTo(Owed(named)));
            Assert.That(quote.ToJsonString(), Does.Not.Contain("canary"));
        }
    }

    [Test]
    public async Task Where_no_policy_covers_it_nothing_is_promised()
    {
        await Policy(Terms, """ "when": { "queue": ["billing"] } """);
        Assert.That((await Ask("""{ "queue": "sales" }""").Json()).ToJsonString(), Is.EqualTo("""{"policy":null,"commitments":[],"nextPromise":null}"""));
    }

    [Test]
    public async Task A_clock_that_would_stand_still_promises_nothing_yet()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "pausesIn": ["new"] } }""");
        Assert.That((await Ask().Json())["commitments"]!.ToJsonString(), Is.EqualTo("""[{"kind":"resolution","dueAt":null,"promisedAt":null,"words":null}]"""));
    }

    [TestCase("""{ "locale": "xx-no" }""", "locale")]
    [TestCase("""{ "timeZone": "Mars/Olympus" }""", "timeZone")]
    [TestCase("""{ "queue": " " }""", "queue")]
    [TestCase("""{ "at": "2126-03-02T08:00:00Z" }""", "at")]
    [TestCase("""{ "tags": [""] }""", "tags[0]")]
    [TestCase("""{ "priority": "asap" }""", "priority")]
    [TestCase("""{ "subject": "x" }""", "subject")]
    public async Task What_cannot_be_is_refused_and_named(string json, string member) => await Ask(json).Refuses(member);

    [Test]
    public async Task Not_public_both_need_a_key_that_reads_policies()
    {
        await Policy(Terms, """ "published": true """);
        using var desk = StartAnother(("Catalogue:Public", "false"));
        await desk.Anonymous.GetAsync("/v1/commitments").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await desk.Anonymous.Post("/v1/commitments/quote", "{}").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.That((await desk.Admin.GetAsync("/v1/commitments").Json())["policies"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await desk.Admin.Post("/v1/commitments/quote", "{}").Json())["policy"], Is.Not.Null);
    }

    private async Task<HttpClient> Key(string scope) =>
        Desk.With((string)(await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": ["{{scope}}"] }""").Json(HttpStatusCode.Created))["key"]!);
}
