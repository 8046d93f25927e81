using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.TicketPages;

namespace HelpDesk.Tests.TicketPages;

/// <summary>What a customer sees on her ticket's page.</summary>
internal sealed class TicketPageTests : TicketPageFixture
{
    private const string Aino = """{ "email": "aino@example.org", "name": "Aino", "timeZone": "Europe/Helsinki" }""";

    [Test]
    public async Task It_says_what_is_promised_by_when_in_her_zone_and_how_far_off_that_is()
    {
        await Policy();
        var page = await See(await Open(requester: Aino));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Printer on fire"));
            Assert.That(page.QuerySelector(".promises h3")!.TextContent, Is.EqualTo("First answer"));
            Assert.That(page.QuerySelector(".promises time")!.TextContent, Is.EqualTo("Monday, 2 March 2026 at 14:00"));
            Assert.That(page.QuerySelector(".promises time")!.GetAttribute("datetime"), Is.EqualTo("2026-03-02T12:00:00Z"));
            Assert.That(Text(page), Does.Contain("in 4 hours").And.Contain("Europe/Helsinki").And.Contain("Received").And.Contain("It burns."));
        }
    }

    [TestCase("fi", "Ensimmäinen vastaus", "4 tunnin kuluttua", "Vastaanotettu")]
    [TestCase("tr", "İlk yanıt", "4 saat sonra", "Alındı")]
    public async Task It_is_in_her_language_and_in_the_one_she_asks_for(string language, params string[] words)
    {
        await Policy();
        var link = await Link(await Open(requester: $$"""{ "email": "x@example.org", "locale": "{{language}}" }"""));
        var page = await See(link);
        Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
        foreach (var word in words) Assert.That(Text(page), Does.Contain(word));
        var english = await See(link + "?lang=en");
        Assert.That(Text(english), Does.Contain("First answer"));
        Assert.That(english.QuerySelector("form")!.GetAttribute("action"), Does.EndWith("?lang=en"), "the choice stays");
    }

    [Test]
    public async Task It_is_kept_by_nobody_told_to_nobody_and_listed_nowhere()
    {
        var answer = await Ask(await Link(await Open()));
        Assert.That((answer.Headers.CacheControl?.ToString(), answer.Headers.GetValues("Referrer-Policy").Single(), answer.Headers.GetValues("X-Robots-Tag").Single()), Is.EqualTo(("no-store", "no-referrer", "noindex")));
        Assert.That(answer.Headers.ETag, Is.Null);
    }

    [Test]
    public async Task A_mail_leads_to_it()
    {
        var ticket = await Open();
        await Deliver();
        Assert.That(Mails().Single().Text, Does.Contain((string)ticket["publicUrl"]!));
        await Patch(ticket, """{ "watchers": ["watcher@example.org"] }""").Json();
        await Said(ticket, "agent");
        await Deliver();
        Assert.That(Mails().Where(mail => mail["To"]!.Contains("watcher", StringComparison.Ordinal)).Select(mail => mail.Text).Single(), Does.Not.Contain("/t/"), "who watches does not write in her name");
    }

    [Test]
    public async Task What_was_broken_is_called_broken_with_the_apology_the_reason_and_the_remedy()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""", """ "remedy": "Cake for everybody." """);
        var ticket = await Open();
        await Patch(ticket, """{ "reason": "The oven is cold." }""").Json();
        await Advance("PT5H");
        var page = await See(ticket);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(page), Does.Contain("We are sorry").And.Contain("Cake for everybody.").And.Contain("The oven is cold."));
            Assert.That(page.QuerySelector(".promises .bad"), Is.Not.Null);
            Assert.That(page.QuerySelectorAll(".ledger .bad").Select(line => line.TextContent), Is.EqualTo(new[] { "Broken: the date passed" }));
        }
    }

    [Test]
    public async Task Every_promise_stays_with_how_it_ended()
    {
        await Policy();
        var ticket = await Open();
        await Advance("PT3H30M");
        await Said(ticket, "agent");
        Assert.That((await See(ticket)).QuerySelectorAll(".ledger .state").Select(line => line.TextContent), Is.EqualTo(new[] { "Kept", "Renewed in time: we wrote to you before the date" }));
    }

    [TestCase("en", "The reason")]
    [TestCase("fi", "Syy")]
    [TestCase("tr", "Nedeni")]
    public async Task The_reason_that_was_told_with_a_new_date_stands_with_it(string language, string label)
    {
        await Policy();
        var ticket = await Open();
        await Patch(ticket, """{ "reason": "The oven is cold." }""").Json();
        await Advance("PT3H30M");
        await Patch(ticket, """{ "reason": "The cook is ill." }""").Json();
        var past = (await See(await Link(ticket) + $"?lang={language}")).QuerySelectorAll(".ledger li").Select(line => line.QuerySelector(".words")?.TextContent.Trim()).ToList();
        Assert.That(past, Is.EqualTo(new[] { $"{label}: The oven is cold.", null }), "what was told then, and nothing with the first");
    }

    [Test]
    public async Task While_nothing_is_promised_it_says_what_is_waited_for()
    {
        await Policy("""{ "resolution": { "target": "PT8H" } }""");
        var ticket = await Open();
        await Patch(ticket, """{ "status": "waiting_on_customer", "reason": "We need the serial number." }""").Json();
        var page = await See(ticket);
        Assert.That(Text(page), Does.Contain("Waiting for you").And.Contain("we are waiting for you").And.Contain("We need the serial number."));
        Assert.That(page.QuerySelectorAll(".promises time"), Is.Empty);
        Assert.That(page.QuerySelector(".ledger .state")!.TextContent, Is.EqualTo("Withdrawn: we had to wait"));
    }

    [Test]
    public async Task It_tells_which_time_was_counted()
    {
        await Policy("""{ "resolution": { "target": "PT16H", "cushion": "PT1H" } }""");
        var ticket = await Open();
        await Now("2026-03-03T10:30:00Z");
        var page = await See(ticket);
        Assert.That(page.QuerySelector(".counted > li > p")!.TextContent.Trim(), Is.EqualTo("Solution: since Monday, 2 March 2026 at 08:00 we have counted 9 hours 30 minutes of working time. Not counted: 17 hours outside our working hours."));
        Assert.That(page.QuerySelectorAll(".steps span").Select(step => step.TextContent), Is.EqualTo(new[] { "The clock started.", "We promised this by Wednesday, 4 March 2026 at 10:00 (UTC)." }));
    }

    [Test]
    public async Task Words_of_others_are_words_and_addresses_in_them_links_that_tell_nothing()
    {
        var ticket = await Open();
        await Said(ticket, "customer", body: "<script>alert(1)</script> see https://example.org/a?b=1&c=2. javascript:alert(1) https://bank.example@evil.example/");
        var page = await See(ticket);
        Assert.That(page.QuerySelectorAll("main script"), Is.Empty);
        var link = page.QuerySelectorAll(".thread a").Single();
        Assert.That((link.GetAttribute("href"), link.GetAttribute("rel")), Is.EqualTo(("https://example.org/a?b=1&c=2", "noopener noreferrer nofollow ugc")));
        Assert.That(Text(page), Does.Contain("<script>alert(1)</script>"));
    }

    [TestCase("(see https://example.org/x)", "(see |[https://example.org/x]|)")]
    [TestCase("https://example.org/a_(b)", "[https://example.org/a_(b)]")]
    [TestCase("https://example.org, http://x.y!", "[https://example.org]|, |[http://x.y]|!")]
    [TestCase("ftp://example.org", "ftp://example.org")]
    [TestCase("", "")]
    public void An_address_ends_where_the_sentence_goes_on(string text, string parts) =>
        Assert.That(string.Join('|', TextPart.Of(text).Select(part => part.IsLink ? $"[{part.Text}]" : part.Text)), Is.EqualTo(parts));

    [Test]
    public async Task An_address_that_is_not_there_is_a_page_and_cannot_be_guessed_at_full_speed()
    {
        var good = await Link(await Open());
        for (var guess = 0; guess < 5; guess++) await See($"/t/guess-{guess}", HttpStatusCode.NotFound);
        var refused = await Ask("/t/guess-6");
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That(Text(await refused.Page(HttpStatusCode.TooManyRequests)), Does.Contain("wait a minute"));
        Assert.That((await Ask(good)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests), "nor is a good one looked at that was not opened lately");
    }

    [TestCase("/t/%01")]
    [TestCase("/t/%F0%9F%98%80")]
    [TestCase("/t/a%2Fb")]
    public async Task Nonsense_is_an_address_that_is_not_there(string path) => await See(path, HttpStatusCode.NotFound);

    [Test]
    public async Task Another_address_ends_the_one_before_at_once_and_none_ends_them_all()
    {
        var ticket = await Open();
        var first = await Link(ticket);
        var renewed = await Post(ticket, "/page-link", "").Json();
        Assert.That((string)renewed["publicUrl"]!, Is.EqualTo((string)(await Read(ticket))["publicUrl"]!).And.Not.EqualTo((string)ticket["publicUrl"]!));
        await See(first, HttpStatusCode.Gone);
        var second = await Link(ticket);
        await See(second);
        Assert.That((await Desk.Admin.DeleteAsync($"/v1/tickets/{ticket["id"]}/page-link")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await Read(ticket))["publicUrl"], Is.Null);
        await See(first, HttpStatusCode.Gone);
        await See(second, HttpStatusCode.Gone);
        await Said(ticket, "agent");
        Assert.That(await LastText(ticket), Does.Contain("Words.").And.Not.Contain("/t/"));
        await Post(ticket, "/page-link", "").Json();
        await See(await Link(ticket));
        await See(second, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task It_goes_a_time_after_the_ticket_was_closed()
    {
        await Policy("{}", """ "pageExpires": "P2D" """);
        var ticket = await Open();
        await Patch(ticket, """{ "status": "closed" }""").Json();
        var link = await Link(ticket);
        await Now("2026-03-04T08:00:00Z");
        await See(link);
        await Now("2026-03-04T08:00:01Z");
        await See(link, HttpStatusCode.Gone);
    }

    [Test]
    public async Task Of_a_customer_who_was_erased_there_is_none()
    {
        var ticket = await Open();
        var before = await Link(ticket);
        await Desk.Admin.DeleteAsync($"/v1/customers/{ticket["requesterId"]}");
        await See(before, HttpStatusCode.NotFound);
        await See(await Link(ticket), HttpStatusCode.Gone);
    }
}
