using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Channels;

/// <summary>A customer ends what she is mailed by a link in her mail, and takes it up again.</summary>
internal sealed partial class OptOutTests : DeskFixture
{
    private JsonNode customer = null!;
    private string link = "";

    protected override IEnumerable<(string Key, string Value)> Settings => [("Desk:PublicUrl", "https://desk.example.org/"), ("Desk:Name", "Tea & Co"), ("RateLimits:FailuresPerMinute", "5")];

    protected override TimeProvider Machine { get; } = new ManualClock();

    [SetUp]
    public async Task A_mail_with_the_link()
    {
        ((ManualClock)Machine).Advance(Duration.FromMinutes(1));
        await Policy();
        customer = await Customer("""{ "email": "aino@example.org", "name": "Aino", "locale": "fi" }""");
        await OpenFor(customer);
        await Deliver();
        link = new Uri(Link().Match(Mails().Single().Text).Value).AbsolutePath;
    }

    private async Task<bool> IsOptedOut() => (bool)(await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}").Json())["optOut"]!;

    private async Task<string> Page(HttpMethod method, string path, HttpStatusCode expected = HttpStatusCode.OK, string language = "")
    {
        var request = new HttpRequestMessage(method, path);
        if (language.Length > 0) request.Headers.AcceptLanguage.ParseAdd(language);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var answer = await Desk.Anonymous.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(answer.Content.Headers.ContentType, Is.EqualTo(new MediaTypeHeaderValue("text/html", "utf-8")));
        return await answer.Content.ReadAsStringAsync();
    }

    [Test]
    public void Every_mail_says_how_to_have_no_more_of_them()
    {
        var mail = Mails().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.Text, Does.Match(@"\r\n-- \r\nSaat tämän viestin meille tekemäsi pyynnön vuoksi\. En halua enää sähköpostia pyynnöistäni:\r\nhttps://desk\.example\.org/v1/public/opt-out/[\w-]+\r\n$"));
            Assert.That(mail.Html, Does.Match(@"<a href=""https://desk\.example\.org/v1/public/opt-out/[\w-]+"">En halua enää sähköpostia pyynnöistäni</a></div>\s*</body>"));
            Assert.That(mail["List-Unsubscribe"], Is.EqualTo($"<https://desk.example.org{link}>"));
            Assert.That(mail["List-Unsubscribe-Post"], Is.EqualTo("List-Unsubscribe=One-Click"));
            Assert.That(link, Does.Not.Contain("aino"));
        }
    }

    [Test]
    public async Task To_look_at_the_page_changes_nothing()
    {
        var page = await Page(HttpMethod.Get, link, language: "en");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("""<html lang="fi">""").And.Contain("Tea &amp; Co").And.Contain("En halua enää viestejä"));
            Assert.That(page, Does.Contain("""<form method="post" """).And.Contain("width=device-width").And.Not.Contain("<script"));
            Assert.That(await IsOptedOut(), Is.False);
            Assert.That((await Desk.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, link))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await IsOptedOut(), Is.False);
        }
    }

    [Test]
    public async Task The_page_may_do_nothing_but_be_read_and_send_its_form()
    {
        var answer = await Desk.Anonymous.GetAsync(link);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'; style-src 'self'").And.Contain("form-action 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That((answer.Headers.CacheControl?.NoStore, answer.Headers.GetValues("Referrer-Policy").Single(), answer.Headers.GetValues("X-Robots-Tag").Single()), Is.EqualTo((true, "no-referrer", "noindex")));
    }

    [Test]
    public async Task The_form_ends_it_and_offers_the_way_back()
    {
        var done = await Page(HttpMethod.Post, link);
        Assert.That(await IsOptedOut(), Is.True);
        var back = Action().Match(done).Groups[1].Value;
        var again = await Page(HttpMethod.Post, new Uri(new Uri("https://desk.example.org" + link), back).AbsolutePath);
        Assert.That(await IsOptedOut(), Is.False);
        var forward = new Uri(new Uri($"https://desk.example.org{link}/opt-in"), Action().Match(again).Groups[1].Value).AbsolutePath;
        Assert.That(forward, Is.EqualTo(link));
        var log = (await Desk.Admin.GetAsync($"/v1/audit?actor=customer:{customer["id"]}").Json())["items"]!.AsArray();
        Assert.That(log.Select(item => item!["data"]!["changes"]!["optOut"]!).Select(change => ((bool)change["from"]!, (bool)change["to"]!)), Is.EqualTo(new[] { (true, false), (false, true) }));
    }

    [Test]
    public async Task To_end_it_twice_is_to_end_it_once()
    {
        await Page(HttpMethod.Post, link);
        await Page(HttpMethod.Post, link);
        Assert.That(await Database.Ask<long>("select count(*) from events where actor like 'customer:%'"), Is.EqualTo(1));
    }

    [Test]
    public async Task From_then_on_nobody_writes_to_her_and_the_agents_are_told()
    {
        await Page(HttpMethod.Post, link);
        await Advance("PT3H");
        var ticket = (await Desk.Admin.GetAsync("/v1/tickets").Json())["items"]![0]!;
        Assert.That(Mails(), Has.Count.EqualTo(1));
        Assert.That(await Notes(ticket), Has.One.Contains("nobody to reach"));
    }

    [Test]
    public async Task What_waits_for_her_is_withdrawn_at_once()
    {
        await OpenFor(customer);
        await Page(HttpMethod.Post, link);
        Assert.That(await Database.Ask<string>("select string_agg(state, ' ' order by sequence) from deliveries"), Is.EqualTo("sent withdrawn"));
        await Page(HttpMethod.Post, link + "/opt-in");
        await Deliver();
        Assert.That(Mails(), Has.Count.EqualTo(1), "nor does it come back with the next word");
    }

    [Test]
    public async Task A_link_that_was_changed_leads_nowhere()
    {
        var token = link[(link.LastIndexOf('/') + 1)..];
        var other = (token[0] == 'A' ? 'B' : 'A') + token[1..];
        foreach (var wrong in new[] { other, token[..^1], token + "A", "x" })
        {
            Assert.That(await Page(HttpMethod.Post, $"/v1/public/opt-out/{wrong}", HttpStatusCode.NotFound, "tr, en;q=0.5"), Does.Contain("""<html lang="tr">""").And.Not.Contain("<form"));
        }

        Assert.That(await IsOptedOut(), Is.False);
    }

    [Test]
    public async Task Links_cannot_be_guessed_at_full_speed()
    {
        for (var guess = 0; guess < 5; guess++) await Page(HttpMethod.Get, $"/v1/public/opt-out/guess-{guess}", HttpStatusCode.NotFound);
        var refused = await Desk.Anonymous.GetAsync("/v1/public/opt-out/guess-5");
        Assert.That((refused.StatusCode, refused.Headers.RetryAfter?.Delta > TimeSpan.Zero), Is.EqualTo((HttpStatusCode.TooManyRequests, true)));
    }

    [Test]
    public async Task The_link_of_a_customer_who_was_merged_is_the_other_s_and_of_one_who_was_erased_nobody_s()
    {
        var other = await Customer("""{ "email": "other@example.org" }""");
        await Desk.Admin.Post($"/v1/customers/{customer["id"]}/merge", $$"""{ "into": "{{other["id"]}}" }""").Json();
        await Page(HttpMethod.Post, link);
        Assert.That((bool)(await Desk.Admin.GetAsync($"/v1/customers/{other["id"]}").Json())["optOut"]!, Is.True);
        await Desk.Admin.DeleteAsync($"/v1/customers/{other["id"]}");
        await Page(HttpMethod.Get, link, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task The_page_is_in_the_language_asked_for_else_in_hers()
    {
        Assert.That(await Page(HttpMethod.Get, link, language: "tr"), Does.Contain("""<html lang="fi">"""));
        Assert.That(await Page(HttpMethod.Get, link + "?lang=tr", language: "en"), Does.Contain("""<html lang="tr">""").And.Contain("?lang=tr"));
    }

    [GeneratedRegex(@"https://desk\.example\.org/v1/public/opt-out/[\w-]+")]
    private static partial Regex Link();

    [GeneratedRegex("""action="([^"]+)""")]
    private static partial Regex Action();
}
