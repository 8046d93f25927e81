using System.Net;
using HelpDesk.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Ops;

/// <summary>People sign in to the operators' pages at the issuer of tokens; and what others try on that way.</summary>
internal sealed class IssuerSignInTests
{
    private const string Unknown = "This sign-in was not begun in this browser";
    private const string Refused = "What your sign-in service sent back does not hold";
    private const string Away = "cannot be reached at the moment";
    private static readonly Instant Morning = Instant.FromUtc(2026, 3, 2, 8, 0);
    private static readonly RsaSecurityKey Key = FakeIssuer.Rsa("first");

    private readonly LogLines log = new();
    private TestDatabase database = null!;
    private TestMachine machine = null!;
    private FakeIssuer issuer = null!;
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create();
        machine = new(Morning);
        issuer = await FakeIssuer.Start();
        issuer.Publish(Key);
        desk = Desk();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        desk.Dispose();
        await issuer.DisposeAsync();
        database.Dispose();
    }

    [SetUp]
    public void Morning_again()
    {
        machine.Now = Morning;
        (issuer.IsAway, issuer.HasSignIn, issuer.TokensFail, issuer.ClientSecret, issuer.SecretBy) = (false, true, null, null, null);
        log.Clear();
    }

    [Test]
    public async Task An_account_with_the_role_opens_the_board()
    {
        var browser = new OpsBrowser(desk);
        var link = (await browser.Page("/ops/sign-in")).QuerySelector("a.button")!;
        Assert.That((link.TextContent, link.GetAttribute("href")), Is.EqualTo(("Sign in with your work account", "../ops/sign-in/issuer")));
        var page = await (await browser.Get(BackFrom(await Leave(browser), Identity()))).Page();
        Assert.That(page.QuerySelector("main a")!.GetAttribute("href"), Is.EqualTo("../../ops"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; path=/ops;").And.Contain("; httponly").And.Contain("; samesite=strict").And.Contain("; expires=mon, 02 mar 2026 09:00:00 gmt"));
            Assert.That(browser.SetAttempt.ToLowerInvariant(), Does.Contain("; path=/ops/sign-in;").And.Contain("; httponly").And.Contain("; samesite=lax"));
            Assert.That((browser.Attempt, page.QuerySelector("h1")!.TextContent), Is.EqualTo(((string?)null, "You are signed in")));
        }

        Assert.That((await browser.Page("/ops")).QuerySelector(".ops-who p")!.TextContent, Is.EqualTo("Signed in as Ada Lovelace"));
    }

    [Test]
    public async Task The_browser_goes_on_of_itself_in_the_language_that_it_was_read_in()
    {
        var browser = new OpsBrowser(desk);
        var sentTo = await Leave(browser, "?lang=fi");
        Assert.That(Asked(sentTo, "ui_locales"), Is.EqualTo("fi"));
        var answer = await browser.Get(BackFrom(sentTo, Identity()));
        Assert.That(answer.Headers.GetValues("Refresh").Single(), Is.EqualTo("0; url=../../ops?lang=fi"));
        Assert.That((await answer.Page()).QuerySelector("h1")!.TextContent, Is.EqualTo("Olet kirjautunut sisään"));
    }

    [Test]
    public async Task Every_way_there_has_a_state_a_nonce_and_a_challenge_of_its_own()
    {
        var (first, second) = (await Leave(new(desk)), await Leave(new(desk)));
        foreach (var name in new[] { "state", "nonce", "code_challenge" }) Assert.That(Asked(first, name), Is.Not.Empty.And.Not.EqualTo(Asked(second, name)), name);
        Assert.That((Asked(first, "redirect_uri"), Asked(first, "scope")), Is.EqualTo(("http://desk.example/ops/sign-in/callback", "openid profile email")));
    }

    [Test]
    public async Task Another_server_takes_the_browser_back()
    {
        using var another = Desk();
        var browser = new OpsBrowser(desk);
        var there = BackFrom(await Leave(browser), Identity());
        var second = new OpsBrowser(another) { Attempt = browser.Attempt };
        await second.Get(there);
        await IsIn(second);
        await IsIn(new OpsBrowser(desk) { Session = second.Session });
    }

    [Test]
    public async Task Roles_may_stand_in_the_token_for_the_desk_alone()
    {
        var access = issuer.Sign(Key, SecurityAlgorithms.RsaSha256, machine.Now, ("scope", "admin"), ("exp", (machine.Now + Duration.FromMinutes(5)).ToUnixTimeSeconds()));
        var browser = await Through(Identity(("roles", null)), access);
        await IsIn(browser);
        Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; expires=mon, 02 mar 2026 08:05:00 gmt"));
        var others = issuer.Sign(Key, SecurityAlgorithms.RsaSha256, machine.Now, ("scope", "admin"), ("sub", "grace"));
        await IsNot(await Through(Identity(("roles", null)), others), HttpStatusCode.Forbidden, "does not have the role");
        var elsewhere = issuer.Sign(Key, SecurityAlgorithms.RsaSha256, machine.Now, ("scope", "admin"), ("aud", "another-desk"));
        await IsNot(await Through(Identity(("roles", null)), elsewhere), HttpStatusCode.Forbidden, "does not have the role");
    }

    [TestCase("en", "You are known, but your account does not have the role")]
    [TestCase("fi", "Sinut tunnistettiin")]
    [TestCase("tr", "Kimliğiniz doğrulandı")]
    public async Task An_account_without_the_role_is_told_so(string language, string words)
    {
        var browser = new OpsBrowser(desk);
        await IsNot(browser, await browser.Get(BackFrom(await Leave(browser, $"?lang={language}"), Identity(("roles", "tickets:write")))), HttpStatusCode.Forbidden, words);
    }

    [Test]
    public async Task An_agent_who_is_held_to_queues_or_not_active_is_not_let_in()
    {
        await desk.Admin.Post("/v1/queues", """{ "name": "billing" }""");
        await desk.Admin.Post("/v1/agents", """{ "name": "Ada", "email": "ada@example.org", "queues": ["billing"], "restrictedToQueues": true }""").Json(HttpStatusCode.Created);
        await IsNot(await Through(Identity(("email", "ada@example.org"))), HttpStatusCode.Forbidden, "does not have the role");
        var free = await desk.Admin.Post("/v1/agents", """{ "name": "Grace", "email": "grace@example.org" }""").Json(HttpStatusCode.Created);
        var browser = await Through(Identity(("email", "grace@example.org")));
        Assert.That((await browser.Page("/ops")).QuerySelector(".ops-who p")!.TextContent, Is.EqualTo("Signed in as Grace"));
        await desk.Admin.Send(HttpMethod.Patch, $"/v1/agents/{free["id"]}", """{ "active": false }""").Json();
        machine.Now += Duration.FromSeconds(3);
        await IsOut(browser);
        await IsNot(await Through(Identity(("email", "grace@example.org"))), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task A_session_ends_with_the_token_or_after_eight_hours()
    {
        var brief = await Through(Identity());
        var plain = await Through(Identity(("exp", (machine.Now + Duration.FromDays(1)).ToUnixTimeSeconds())));
        machine.Now += Duration.FromHours(1);
        await IsOut(brief);
        machine.Now += Duration.FromHours(7) - Duration.FromMilliseconds(1);
        await IsIn(plain);
        machine.Now += Duration.FromMilliseconds(1);
        await IsOut(plain);
    }

    [Test]
    public async Task A_session_is_none_where_people_sign_in_elsewhere_or_not_at_all()
    {
        var browser = await Through(Identity());
        using var without = Desk(("Access:Oidc:ClientId", ""));
        using var other = Desk(("Access:Oidc:ClientId", "another-client"));
        await IsIn(new OpsBrowser(desk) { Session = browser.Session });
        await IsOut(new OpsBrowser(without) { Session = browser.Session });
        await IsOut(new OpsBrowser(other) { Session = browser.Session });
        Assert.That((await new OpsBrowser(without).Page("/ops/sign-in")).QuerySelector("a.button"), Is.Null);
        Assert.That((await new OpsBrowser(without).Get("/ops/sign-in/issuer")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase(null)]
    [TestCase("client_secret_basic")]
    [TestCase("client_secret_post")]
    public async Task A_client_may_have_a_secret_which_is_in_no_log(string? by)
    {
        (issuer.ClientSecret, issuer.SecretBy) = ("the-client-secret-of-the-tests", by);
        using var another = Desk(("Access:Oidc:ClientSecret", issuer.ClientSecret));
        var browser = await Through(Identity(), at: another);
        await IsIn(browser);
        using var wrong = Desk(("Access:Oidc:ClientSecret", "another-secret"));
        await IsNot(await Through(Identity(), at: wrong), HttpStatusCode.Forbidden, Refused);
        Assert.That(log.Lines.Select(line => $"{line.Text} {line.Scopes} {line.Error}"), Has.None.Contains("the-client-secret").And.None.Contains("another-secret").And.None.Contains(browser.Session!));
    }

    [Test]
    public void A_secret_that_cannot_be_one_is_not_told_when_the_start_is_refused() =>
        Assert.That(() => Desk(("Access:Oidc:ClientSecret", "sesame sesame")), Throws.TypeOf<HelpDesk.Web.WrongConfiguration>().With.Message.Contains("Access:Oidc:ClientSecret").And.Message.Not.Contains("sesame"));

    [Test]
    public async Task Neither_code_nor_state_is_logged()
    {
        var browser = new OpsBrowser(desk);
        var sentTo = await Leave(browser);
        var (callback, code) = issuer.SignIn(sentTo, Identity());
        await browser.Get(callback.PathAndQuery);
        await IsIn(browser);
        Assert.That(log.Lines.Select(line => $"{line.Text} {line.Scopes}"), Has.Some.Contains("/ops/sign-in/callback").And.None.Contains(code).And.None.Contains(Asked(sentTo, "state")));
    }

    [Test]
    public async Task Signing_in_is_in_the_log_and_nothing_of_the_session()
    {
        var browser = await Through(Identity());
        var entry = (await desk.Admin.GetAsync("/v1/audit?type=session.started").Json())["items"]!.AsArray()[0]!;
        Assert.That(((string?)entry["actor"], entry["data"]!.ToJsonString()), Is.EqualTo(("jwt:ada", """{"with":"token","expiresAt":"2026-03-02T09:00:00Z"}""")));
        await browser.Press(await browser.Page("/ops"), "/sign-out");
        Assert.That((string?)(await desk.Admin.GetAsync("/v1/audit?type=session.ended").Json())["items"]![0]!["actor"], Is.EqualTo("jwt:ada"));
    }

    [Test]
    public async Task Who_turns_back_at_the_issuer_is_told_so()
    {
        foreach (var error in new[] { "access_denied", "server_error", "<script>alert(1)</script>" })
        {
            var browser = new OpsBrowser(desk);
            var state = Asked(await Leave(browser), "state");
            var answer = await browser.Get($"/ops/sign-in/callback?error={Uri.EscapeDataString(error)}&error_description=%3Cb%3E&state={state}");
            var page = await IsNot(browser, answer, HttpStatusCode.Forbidden, "did not let you in");
            Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("alert(1)").And.Not.Contain("<b>"));
        }
    }

    [TestCase("")]
    [TestCase("?code=x")]
    [TestCase("?code=x&state=")]
    [TestCase("?code=x&state=y")]
    [TestCase("?error=access_denied")]
    [TestCase("?state=a&state=b&code=a&code=b&iss=&iss=")]
    public async Task A_way_back_without_the_state_of_the_way_there_leads_nowhere(string query)
    {
        var browser = new OpsBrowser(desk);
        await Leave(browser);
        await IsNot(browser, await browser.Get($"/ops/sign-in/callback{query}"), HttpStatusCode.BadRequest, Unknown);
    }

    [Test]
    public async Task Nobody_can_be_signed_in_by_the_way_back_of_somebody_else()
    {
        // Somebody else's account, put into the browser of one who did not set out, or set out on a way of her own.
        var (other, own) = (new OpsBrowser(desk), new OpsBrowser(desk));
        var back = BackFrom(await Leave(other), Identity());
        await IsNot(own, await own.Get(back), HttpStatusCode.BadRequest, Unknown);
        await Leave(own);
        await IsNot(own, await own.Get(back), HttpStatusCode.BadRequest, Unknown);
    }

    [Test]
    public async Task A_way_that_took_too_long_or_was_altered_leads_nowhere()
    {
        var browser = new OpsBrowser(desk);
        var back = BackFrom(await Leave(browser), Identity());
        var attempt = browser.Attempt!.Split('.');
        machine.Now += Duration.FromMinutes(10);
        await IsNot(browser, await browser.Get(back), HttpStatusCode.BadRequest, Unknown);
        var later = long.Parse(attempt[1], System.Globalization.CultureInfo.InvariantCulture) + 600_000;
        foreach (var altered in new[] { $"{attempt[0]}.{later}.{attempt[2]}.{attempt[3]}", $"{attempt[0]}.{attempt[1]}.fi.{attempt[3]}", "x", "...", ".x.." })
        {
            var forged = new OpsBrowser(desk) { Attempt = altered };
            await IsNot(forged, await forged.Get(back), HttpStatusCode.BadRequest, Unknown);
        }
    }

    [Test]
    public async Task A_code_is_good_once()
    {
        var browser = new OpsBrowser(desk);
        var back = BackFrom(await Leave(browser), Identity());
        var attempt = browser.Attempt;
        await browser.Get(back);
        await IsIn(browser);
        var again = new OpsBrowser(desk);
        await IsNot(again, await again.Get(back), HttpStatusCode.BadRequest, Unknown);
        var copied = new OpsBrowser(desk) { Attempt = attempt };
        await IsNot(copied, await copied.Get(back), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task A_code_that_was_given_for_another_way_is_refused()
    {
        // The code of another's way, under the state of one's own: the challenge it was given for is another.
        var (victim, thief) = (new OpsBrowser(desk), new OpsBrowser(desk));
        var (_, stolen) = issuer.SignIn(await Leave(victim), Identity());
        var state = Asked(await Leave(thief), "state");
        await IsNot(thief, await thief.Get($"/ops/sign-in/callback?code={stolen}&state={state}"), HttpStatusCode.Forbidden, Refused);
    }

    private static IEnumerable<TestCaseData> BadTokens()
    {
        yield return Case("another sign-in's", ("nonce", "another"));
        yield return Case("without a nonce", ("nonce", null));
        yield return Case("a number as nonce", ("nonce", 1));
        yield return Case("for the API, not the client", ("aud", FakeIssuer.Audience));
        yield return Case("for another client", ("aud", "another-client"));
        yield return Case("for several, to nobody", ("aud", new[] { FakeIssuer.Client, "another-client" }));
        yield return Case("given to another client", ("azp", "another-client"));
        yield return Case("another issuer's", ("iss", "https://elsewhere.example"));
        yield return Case("over", ("exp", 1_700_000_000));
        yield return Case("without an end", ("exp", null));
        yield return Case("not good yet", ("nbf", 1_900_000_000));
        yield return Case("of nobody", ("sub", null));

        static TestCaseData Case(string what, params (string, object?)[] with) => new TestCaseData((object)with).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(BadTokens))]
    public async Task A_token_that_does_not_hold_signs_nobody_in((string, object?)[] with) => await IsNot(await Through(Identity(with)), HttpStatusCode.Forbidden, Refused);

    [Test]
    public async Task A_token_that_the_issuer_has_not_signed_signs_nobody_in()
    {
        foreach (var (key, algorithm) in new (SecurityKey?, string)[] { (FakeIssuer.Rsa("first"), SecurityAlgorithms.RsaSha256), (null, "none") })
        {
            await IsNot(await Through(nonce => issuer.Sign(key, algorithm, machine.Now, ("aud", FakeIssuer.Client), ("roles", "admin"), ("nonce", nonce))), HttpStatusCode.Forbidden, Refused);
        }

        foreach (var nothing in new[] { "", "x", "eyJ..", "a.b.c" }) await IsNot(await Through(_ => nothing), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task The_answer_of_another_issuer_is_refused_before_its_code_is_shown_to_anybody()
    {
        var browser = new OpsBrowser(desk);
        var back = BackFrom(await Leave(browser), Identity());
        await IsNot(browser, await browser.Get($"{back}&iss=https%3A%2F%2Felsewhere.example"), HttpStatusCode.Forbidden, Refused);
        var honest = new OpsBrowser(desk);
        await honest.Get($"{BackFrom(await Leave(honest), Identity())}&iss={Uri.EscapeDataString(issuer.Address)}");
        await IsIn(honest);
    }

    [TestCase("next=https://evil.example")]
    [TestCase("returnUrl=//evil.example&return_to=%5C%5Cevil.example&redirect_uri=https://evil.example")]
    [TestCase("lang=//evil.example")]
    public async Task Nothing_in_an_address_decides_where_the_browser_is_led(string evil)
    {
        var browser = new OpsBrowser(desk);
        var sentTo = await Leave(browser, $"?{evil}");
        Assert.That(sentTo.Query, Does.Not.Contain("evil"));
        var answer = await browser.Get($"{BackFrom(sentTo, Identity())}&{evil}");
        Assert.That(answer.Headers.GetValues("Refresh").Single(), Is.EqualTo("0; url=../../ops"));
        Assert.That((await answer.Page()).QuerySelectorAll("a").Select(link => link.GetAttribute("href")), Has.None.Contains("evil"));
    }

    [Test]
    public async Task The_host_that_a_request_names_does_not_decide_where_the_issuer_sends_the_code()
    {
        var answer = await new OpsBrowser(desk).Get("/ops/sign-in/issuer", ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"));
        Assert.That(Asked(answer.Headers.Location!, "redirect_uri"), Is.EqualTo("http://desk.example/ops/sign-in/callback"));
    }

    [Test]
    public async Task While_the_issuer_is_away_the_page_says_so_and_keys_still_open_it()
    {
        issuer.IsAway = true;
        using var another = Desk();
        var browser = new OpsBrowser(another);
        var answer = await browser.Get("/ops/sign-in/issuer");
        Assert.That(answer.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));
        await IsNot(browser, answer, HttpStatusCode.ServiceUnavailable, Away);
        Assert.That(browser.Attempt, Is.Null);
        await browser.SignIn(TestDesk.AdminKey);
        await IsIn(browser);
    }

    [TestCase(500)]
    [TestCase(502)]
    [TestCase(302)]
    public async Task An_issuer_that_gives_no_tokens_is_away(int status)
    {
        issuer.TokensFail = status;
        await IsNot(await Through(Identity()), HttpStatusCode.ServiceUnavailable, Away);
        Assert.That(log.Errors, Is.Empty);
    }

    [Test]
    public async Task An_issuer_that_does_not_say_where_people_sign_in_is_away_and_the_log_says_why()
    {
        issuer.HasSignIn = false;
        using var another = Desk();
        var browser = new OpsBrowser(another);
        await IsNot(browser, await browser.Get("/ops/sign-in/issuer"), HttpStatusCode.ServiceUnavailable, Away);
        Assert.That(log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text), Has.Some.Contains("authorization_endpoint"));
    }

    [Test]
    public async Task Codes_cannot_be_tried_at_full_speed()
    {
        using var slow = Desk(("RateLimits:FailuresPerMinute", "2"));
        foreach (var _ in new[] { 1, 2 }) await IsNot(await Through(Identity(("nonce", "x")), at: slow), HttpStatusCode.Forbidden, Refused);
        var refused = await Through(Identity(), at: slow);
        Assert.That(last!.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Session, Is.Null);
    }

    private HttpResponseMessage? last;

    private TestDesk Desk(params (string Key, string Value)[] more) => TestDesk.Start(
        [("Access:Oidc:Authority", issuer.Address), ("Access:Oidc:Audience", FakeIssuer.Audience), ("Access:Oidc:ClientId", FakeIssuer.Client), ("Desk:PublicUrl", "http://desk.example"), ("RateLimits:FailuresPerMinute", "0"), ("Logging:LogLevel:Microsoft.AspNetCore", "Information"),
            .. more],
        machine, services => services.AddSingleton<ILoggerProvider>(log), database);

    /// <summary>A token of identity for Ada, who may do everything.</summary>
    private Func<string, string> Identity(params (string Claim, object? Value)[] with) =>
        nonce => issuer.Sign(Key, SecurityAlgorithms.RsaSha256, machine.Now, [("aud", FakeIssuer.Client), ("name", "Ada Lovelace"), ("scope", null), ("roles", "admin"), ("nonce", nonce), .. with]);

    private static async Task<Uri> Leave(OpsBrowser browser, string query = "")
    {
        var answer = await browser.Get($"/ops/sign-in/issuer{query}");
        Assert.That((answer.StatusCode, answer.Headers.CacheControl?.NoStore), Is.EqualTo((HttpStatusCode.SeeOther, true)));
        return answer.Headers.Location!;
    }

    private static string Asked(Uri sentTo, string name) => QueryHelpers.ParseQuery(sentTo.Query)[name].ToString();

    private string BackFrom(Uri sentTo, Func<string, string> identity, string access = "opaque") => issuer.SignIn(sentTo, identity, access).Callback.PathAndQuery;

    private async Task<OpsBrowser> Through(Func<string, string> identity, string access = "opaque", TestDesk? at = null)
    {
        var browser = new OpsBrowser(at ?? desk);
        last = await browser.Get(BackFrom(await Leave(browser), identity, access));
        return browser;
    }

    private static async Task IsIn(OpsBrowser browser) => Assert.That((await browser.Page("/ops")).QuerySelector("h1")!.TextContent, Is.EqualTo("Operations"));

    private static async Task IsOut(OpsBrowser browser) => Assert.That((await browser.Get("/ops")).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));

    private Task<AngleSharp.Html.Dom.IHtmlDocument> IsNot(OpsBrowser browser, HttpStatusCode status, string words) => IsNot(browser, last!, status, words);

    /// <summary>Not signed in, and told why on a page from which it can be tried again.</summary>
    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> IsNot(OpsBrowser browser, HttpResponseMessage answer, HttpStatusCode status, string words)
    {
        var page = await answer.Page(status);
        Assert.That(page.QuerySelector("#issuer-fault")!.TextContent, Does.Contain(words));
        Assert.That((browser.Session, page.QuerySelectorAll("a.button").Length), Is.EqualTo(((string?)null, 1)));
        return page;
    }
}
