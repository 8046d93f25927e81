using System.Net;
using HelpDesk.PromisePages;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.PromisePages;

/// <summary>What the desk promises, as everybody reads it.</summary>
internal sealed class PromisePageTests : PromisePageFixture
{
    [TestCase("en", "What we promise", "If you wrote now", "Our first answer comes within 2 working hours.", "Urgent 30 minutes around the clock", "Closed now", "Monday, 2 March at 11:00", "As a rule: Monday to Friday 09:00–17:00", "in 3 hours")]
    [TestCase("fi", "Mitä lupaamme", "Jos kirjoittaisit nyt", "Saat ensimmäisen vastauksemme 2 tunnin sisällä palveluaikana.", "Kiireellinen 30 minuuttia vuorokauden ympäri", "Nyt suljettu", "maanantaina 2. maaliskuuta klo 11.00", "Yleensä: Maanantaista perjantaihin", "3 tunnin")]
    [TestCase("tr", "Verdiğimiz sözler", "Şimdi yazsaydınız", "Size ilk yanıtımızı 2 çalışma saati içinde veririz.", "Acil 30 dakika günün her saati sayılarak", "Şu anda kapalıyız", "2 Mart Pazartesi, 11:00", "Genel olarak: Pazartesi–Cuma", "3 saat")]
    public async Task It_says_in_each_language_what_is_promised_when_and_how_it_was_kept(string language, params string[] words)
    {
        await Policy(Terms, Published);
        var page = await See("?lang=" + language);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
            foreach (var word in words) Assert.That(Text(page.Body!), Does.Contain(word));
            Assert.That(page.QuerySelectorAll("style, [style], script:not([src])"), Is.Empty);
            Assert.That(page.QuerySelector("form input[name=lang]")!.GetAttribute("value"), Is.EqualTo(language), "the choice stays");
        }
    }

    [Test]
    public async Task No_word_of_one_language_stands_in_another()
    {
        await Policy(Terms, Published);
        await Answered(4);
        await Now("2026-03-03T08:00:00Z");
        string[][] all = [.. await Task.WhenAll(new[] { "en", "fi", "tr" }.Select(async language => (await See("?lang=" + language)).QuerySelectorAll("main h1, main h2, main h3, main p, main dt, main dd, main li, main th, main td, main summary, main label, main button")
            .Select(Text).Where(text => text.Length > 3 && text.Any(char.IsLetter)).Distinct().ToArray()))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all[0].Intersect(all[1]), Is.Empty);
            Assert.That(all[0].Intersect(all[2]), Is.Empty);
            Assert.That(all[1].Intersect(all[2]), Is.Empty);
        }
    }

    [Test]
    public async Task Policies_stand_there_with_whom_they_cover_and_what_differs()
    {
        await Policy(Terms, """ "published": true, "when": { "tier": ["gold"], "priority": ["high", "urgent"] } """);
        await Policy("""{ "first_response": { "target": "PT8H" } }""", """ "published": false, "when": { "queue": ["canary"] } """);
        await Policy("""{ "first_response": { "target": "PT9H" } }""", Published);
        var page = await See();
        Assert.That(Texts(page, ".covers"), Is.EqualTo(new[] { "Priority: High, Urgent Customer tier: gold", "For all other requests" }));
        Assert.That(Texts(page, ".terms dd > p:first-child"), Does.Contain("Our first answer comes within 9 working hours.").And.None.Contain("8 working hours"));
        Assert.That(Texts(page, ".after").First(), Does.StartWith("If it takes longer, we write to you before the date passes"));
        Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("canary"));
    }

    [Test]
    public async Task It_says_by_when_one_would_hear_on_each_channel_as_a_quote_does()
    {
        await Policy("""{ "first_response": { "target": "PT1H" } }""", """ "published": true, "when": { "channel": ["phone"] } """);
        await Policy(Terms, Published);
        var page = await See("?zone=Europe/Helsinki");
        var quotes = page.QuerySelectorAll(".quotes > li");
        Assert.That(quotes.Select(quote => $"{Text(quote.QuerySelector("h3")!)} {quote.QuerySelector(".date time")!.GetAttribute("datetime")} {Text(quote.QuerySelector(".date")!)}"), Is.EqualTo(new[]
        {
            "Phone 2026-03-02T10:00:00Z Monday, 2 March at 12:00", "Any other way 2026-03-02T11:00:00Z Monday, 2 March at 13:00",
        }));
        var quote = await Desk.Anonymous.Post("/v1/commitments/quote", """{ "channel": "phone" }""").Json();
        Assert.That((string?)quote["nextPromise"]!["promisedAt"], Is.EqualTo("2026-03-02T10:00:00Z"));
        Assert.That(Texts(page, ".quotes .other"), Is.EqualTo(new[] { "Solution: Tuesday, 3 March at 19:00" }));
    }

    [Test]
    public async Task Ways_that_make_no_difference_are_not_told_apart()
    {
        await Policy(Terms, """ "published": true, "when": { "channel": ["phone"] } """);
        await Policy(Terms, Published);
        var page = await See();
        Assert.That((page.QuerySelectorAll(".quotes > li").Length, page.QuerySelector(".quotes h3")), Is.EqualTo((1, (object?)null)));
    }

    [Test]
    public async Task Names_of_the_desk_s_own_are_words_and_nothing_else()
    {
        var id = await Policy(Terms, """ "published": true, "description": "<b>&\"", "when": { "channel": ["<i>"] } """);
        await Patched($"/v1/policies/{id}", """{ "name": "<script>alert(1)</script>" }""");
        var page = await See();
        Assert.That((page.QuerySelectorAll("main script, main .words b, main i").Length, Text(page.QuerySelector(".policy h3")!)), Is.EqualTo((0, "<script>alert(1)</script>")));
    }

    [Test]
    public async Task A_desk_that_has_published_nothing_says_so()
    {
        await Policy();
        foreach (var query in new[] { "", "/embed" })
        {
            var page = await See(query);
            Assert.That(Text(page.Body!), Does.Contain("We have not published our promises yet."));
            Assert.That(page.QuerySelectorAll(".quotes, .week, .terms"), Is.Empty);
        }
    }

    [Test]
    public async Task Where_the_catalogue_needs_a_key_there_is_no_page()
    {
        using var closed = StartAnother(("Catalogue:Public", "false"));
        foreach (var path in new[] { "/promises", "/promises/embed" }) Assert.That((await closed.Anonymous.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Who_has_it_is_not_sent_it_again_until_it_says_something_else()
    {
        var id = await Policy(Terms, Published);
        var first = await Ask();
        var tag = first.Headers.ETag!.ToString();
        Assert.That((first.Headers.CacheControl!.ToString(), first.Headers.Vary.Contains("Accept-Language")), Is.EqualTo(("public, no-cache", true)));
        var known = await Ask("", ("If-None-Match", tag));
        Assert.That((known.StatusCode, (await known.Content.ReadAsByteArrayAsync()).Length, known.Headers.ETag!.ToString()), Is.EqualTo((HttpStatusCode.NotModified, 0, tag)));
        Assert.That((await Ask("?lang=fi", ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Patched($"/v1/policies/{id}", """{ "description": "New." }""");
        Assert.That((await Ask("", ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Ask("", ("If-None-Match", "*"))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task A_change_is_seen_at_once_here_and_within_a_second_elsewhere()
    {
        var id = await Policy(Terms, """ "published": true, "description": "Before." """);
        using var other = StartAnother();
        Assert.That(await other.Anonymous.GetStringAsync("/promises"), Does.Contain("Before."));
        Assert.That(await Desk.Anonymous.GetStringAsync("/promises"), Does.Contain("Before."));
        await Patched($"/v1/policies/{id}", """{ "description": "After." }""");
        Assert.That(await Desk.Anonymous.GetStringAsync("/promises"), Does.Contain("After."));
        Clock.Advance(Duration.FromSeconds(1));
        Assert.That(await other.Anonymous.GetStringAsync("/promises"), Does.Contain("After."));
        Assert.That((await other.Anonymous.GetAsync("/promises")).Headers.ETag, Is.EqualTo((await Ask()).Headers.ETag), "every server says the same");
    }

    [Test]
    public async Task What_would_be_promised_now_moves_with_the_minute()
    {
        await Policy(Answer4H, Published);
        var before = (await Ask()).Headers.ETag;
        await Now("2026-03-02T08:00:59Z");
        Assert.That((await Ask()).Headers.ETag, Is.EqualTo(before));
        await Now("2026-03-02T08:01:00Z");
        Assert.That(Text((await See()).QuerySelector(".quotes .date")!), Is.EqualTo("Monday, 2 March at 12:01"));
    }

    [Test]
    public async Task However_many_zones_are_named_few_pages_are_kept()
    {
        await Policy(Terms, Published);
        var shelf = Desk.Services.GetRequiredService<PromisePageShelf>();
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Take(PromisePageShelf.MostKept + 20)) await Ask("?zone=" + Uri.EscapeDataString(zone));
        Assert.That(shelf.Count, Is.LessThanOrEqualTo(PromisePageShelf.MostKept));
        var kept = shelf.Count;
        foreach (var nonsense in new[] { "x", "Mars/Olympus", "UTC+3" }) await Ask("?zone=" + Uri.EscapeDataString(nonsense));
        Assert.That(shelf.Count, Is.LessThanOrEqualTo(kept + 1), "zones that are none are all the same");
    }
}
