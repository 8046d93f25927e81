using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Advisories;

/// <summary>What everybody is told of something that affects many.</summary>
internal sealed class AdvisoryPageTests : AdvisoryFixture
{
    private const string Everybody = """ "published": true """;

    [TestCase("en", "Notices", "Card payments are failing", "Since Monday, 2 March at 08:00")]
    [TestCase("fi", "Tiedotteet", "Korttimaksut eivät toimi", "Alkoi maanantaina 2. maaliskuuta klo 8.00")]
    [TestCase("tr", "Duyurular", "Kartla ödeme yapılamıyor", "Başlangıç: 2 Mart Pazartesi, 08:00")]
    public async Task The_promise_page_has_them_in_each_language(string language, string heading, string title, string since)
    {
        await Policy(Terms, Published);
        await Advise(Everybody);
        foreach (var form in new[] { "", "/embed", "/embed?show=advisories" })
        {
            var section = (await See($"{form}{(form.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={language}")).QuerySelector("section[aria-labelledby=advisories]")!;
            Assert.That((Text(section.QuerySelector("h2#advisories")!), Text(section.QuerySelector("h3")!), Text(section.QuerySelector(".quiet")!)), Is.EqualTo((heading, title, since)));
            Assert.That(section.QuerySelector("time")!.GetAttribute("datetime"), Is.EqualTo(Monday));
            Assert.That(section.QuerySelectorAll("[lang]"), Is.Empty, "it is the page's own");
        }
    }

    [Test]
    public async Task They_stand_there_also_where_nothing_else_is_published()
    {
        await Advise(Everybody);
        Assert.That(Texts(await See(), "main h2").First(), Is.EqualTo("Notices"));
        Assert.That(Texts(await See("/embed"), "main h2"), Is.EqualTo(new[] { "Notices" }));
    }

    [Test]
    public async Task Where_there_are_none_nothing_speaks_of_them()
    {
        await Policy(Terms, Published);
        await Advise(""" "published": false """);
        foreach (var form in new[] { "", "/embed", "/embed?show=advisories" }) Assert.That((await See(form)).QuerySelector(".advisories"), Is.Null, form);
        Assert.That(await Public(), Is.Empty);
    }

    [TestCase("advisories", true)]
    [TestCase("strip", false)]
    [TestCase("hours", false)]
    [TestCase("nonsense", true)]
    public async Task The_small_form_shows_the_part_that_is_asked_for(string part, bool has)
    {
        await Policy(Terms, Published);
        await Advise(Everybody);
        var page = await See("/embed?show=" + part);
        Assert.That((page.QuerySelector(".advisories") is not null, page.QuerySelector(".quotes") is not null), Is.EqualTo((has, part == "nonsense")));
    }

    [Test]
    public async Task Words_are_words_and_their_language_is_told()
    {
        await Advise(Everybody, """{ "sv": { "title": "<script>alert(1)</script>", "body": "<b>Ett</b>\nTvå & tre" } }""");
        var section = (await See("?lang=fi")).QuerySelector(".advisories")!;
        Assert.That((section.QuerySelectorAll("script, b").Length, section.QuerySelector("h3")!.TextContent, section.QuerySelector(".words")!.TextContent), Is.EqualTo((0, "<script>alert(1)</script>", "<b>Ett</b>\nTvå & tre")));
        Assert.That((section.QuerySelector("h3")!.GetAttribute("lang"), section.QuerySelector(".words")!.GetAttribute("lang")), Is.EqualTo(("sv", "sv")));
    }

    [Test]
    public async Task One_begins_and_ends_in_time_on_every_server()
    {
        await Policy(Terms, Published);
        await Advise($$"""{{Everybody}}, "from": "2026-03-02T08:00:30Z", "until": "2026-03-02T08:01:30Z" """);
        using var other = StartAnother();
        foreach (var (instant, shown) in new[] { ("08:00:29", false), ("08:00:30", true), ("08:01:29", true), ("08:01:30", false) })
        {
            await Now($"2026-03-02T{instant}Z");
            foreach (var desk in new[] { Desk, other })
            {
                Assert.That((await desk.Anonymous.GetStringAsync("/promises")).Contains("Card payments", StringComparison.Ordinal), Is.EqualTo(shown), instant);
                Assert.That((await Public("", desk.Anonymous)).Any(), Is.EqualTo(shown), instant);
            }

            Assert.That((await other.Anonymous.GetAsync("/promises")).Headers.ETag, Is.EqualTo((await Ask()).Headers.ETag), "every server says the same");
        }
    }

    [Test]
    public async Task A_change_is_seen_at_once_here_and_within_a_second_elsewhere()
    {
        await Policy(Terms, Published);
        using var other = StartAnother();
        async Task<string> There() => await other.Anonymous.GetStringAsync("/promises") + await other.Anonymous.GetStringAsync("/v1/public/advisories");
        await There();
        var id = (await Advise(Everybody))["id"];
        await Seen("Card payments are failing", There);
        await Patched($"/v1/advisories/{id}", """{ "texts": { "en": { "title": "They work again" } } }""");
        await Seen("They work again", There);
        await Patched($"/v1/advisories/{id}", """{ "published": false }""");
        Assert.That(await Public(), Is.Empty);
        Clock.Advance(Duration.FromSeconds(1));
        Assert.That(await There(), Does.Not.Contain("They work again"));
    }

    [Test]
    public async Task Whoever_has_the_public_answer_is_not_sent_it_again_until_it_says_something_else()
    {
        var id = (await Advise(Everybody))["id"];
        var answer = await AskPublic(("Accept-Language", "tr-TR,en;q=0.5"));
        var tag = answer.Headers.ETag!.ToString();
        var item = (await answer.Json())["items"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "id", "title", "body", "locale", "from", "until" }));
            Assert.That(((string?)item["title"], (string?)item["locale"], (string?)item["from"]), Is.EqualTo(("Kartla ödeme yapılamıyor", "tr", Monday)));
            Assert.That((answer.Headers.CacheControl!.ToString(), answer.Headers.Vary.Contains("Accept-Language"), answer.Content.Headers.ContentLanguage.Single()), Is.EqualTo(("public, no-cache", true, "tr")));
            Assert.That((await AskPublic(("Accept-Language", "tr"), ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That((await AskPublic(("Accept-Language", "en"), ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await Patched($"/v1/advisories/{id}", """{ "texts": { "tr": { "title": "Yeniden çalışıyor" } } }""");
        Assert.That((await AskPublic(("Accept-Language", "tr"), ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Desk.Anonymous.GetAsync("/v1/public/advisories?lang=klingon").Refuses("lang");
        Assert.That(await Public("?lang=fi"), Is.EqualTo(new[] { "Korttimaksut eivät toimi" }));
        Assert.That((await Desk.Anonymous.PostAsync("/v1/public/advisories", null)).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Who_asks_too_often_without_a_key_waits()
    {
        using var strict = StartAnother(("RateLimits:PublicPerMinute", "2"));
        for (var time = 0; time < 2; time++) await strict.Anonymous.GetAsync("/v1/public/advisories").Json();
        await strict.Anonymous.GetAsync("/v1/public/advisories").Problem(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Test]
    public async Task The_ticket_page_has_those_published_that_cover_the_ticket()
    {
        await Policy();
        await Titled("For billing", $$"""{{Everybody}}, "when": { "queue": ["billing"] }, "from": "2026-03-01T08:00:00Z" """);
        await Titled("For sales", $$"""{{Everybody}}, "when": { "queue": ["sales"] } """);
        await Titled("Among us", """ "when": { "queue": ["billing"] } """);
        await Advise(Everybody);
        var ticket = await Open("\"queue\": \"billing\"", """{ "email": "a@example.org", "locale": "tr-TR", "timeZone": "Europe/Istanbul" }""");
        var page = await Page(ticket);
        Assert.That(Texts(page, ".advisories h2, .advisories h3"), Is.EqualTo(new[] { "Duyurular", "Kartla ödeme yapılamıyor", "For billing" }));
        Assert.That(Texts(page, ".advisories .quiet").First(), Is.EqualTo("Başlangıç: 2 Mart 2026 Pazartesi, 11:00"));
        Assert.That(page.QuerySelectorAll(".advisories h3").Select(title => title.GetAttribute("lang") ?? "the page's"), Is.EqualTo(new[] { "the page's", "en" }));
        Assert.That(Texts(await Page(ticket, "?lang=fi"), ".advisories h3").First(), Is.EqualTo("Korttimaksut eivät toimi"));
        var other = await Open("", """{ "email": "b@example.org", "locale": "en" }""");
        Assert.That(Texts(await Page(other), ".advisories h3"), Is.EqualTo(new[] { "Card payments are failing" }));
    }

    [Test]
    public async Task Where_the_catalogue_needs_a_key_what_is_published_is_still_public()
    {
        await Advise(Everybody);
        using var closed = StartAnother(("Catalogue:Public", "false"));
        Assert.That(await Public("", closed.Anonymous), Is.EqualTo(new[] { "Card payments are failing" }));
    }

    private async Task Seen(string words, Func<Task<string>> there)
    {
        Assert.That(await Desk.Anonymous.GetStringAsync("/promises"), Does.Contain(words));
        Assert.That(await Public(), Is.EqualTo(new[] { words }));
        Clock.Advance(Duration.FromSeconds(1));
        Assert.That(await there(), Does.Contain(words).And.Contain($"\"title\":\"{words}\""));
    }

    private Task<HttpResponseMessage> AskPublic(params (string, string)[] headers) => Desk.Anonymous.Send(HttpMethod.Get, "/v1/public/advisories", headers: headers);

    private async Task<IHtmlDocument> Page(JsonNode ticket, string query = "") => await (await Desk.Anonymous.GetAsync(new Uri((string)(await Read(ticket))["publicUrl"]!).AbsolutePath + query)).Page();
}
