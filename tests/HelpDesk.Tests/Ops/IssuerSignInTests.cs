using System.Net;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Ops;

/// <summary>People sign in to the operators' pages at the issuer of tokens.</summary>
internal sealed class IssuerSignInTests : IssuerSignInFixture
{
    [Test]
    public async Task An_account_with_the_role_opens_the_board()
    {
        var browser = new OpsBrowser(Ours);
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
        var browser = new OpsBrowser(Ours);
        var sentTo = await Leave(browser, "?lang=fi");
        Assert.That(Asked(sentTo, "ui_locales"), Is.EqualTo("fi"));
        var answer = await browser.Get(BackFrom(sentTo, Identity()));
        Assert.That(answer.Headers.GetValues("Refresh").Single(), Is.EqualTo("0; url=../../ops?lang=fi"));
        Assert.That((await answer.Page()).QuerySelector("h1")!.TextContent, Is.EqualTo("Olet kirjautunut sisään"));
    }

    [Test]
    public async Task Every_way_there_has_a_state_a_nonce_and_a_challenge_of_its_own()
    {
        var (first, second) = (await Leave(new(Ours)), await Leave(new(Ours)));
        foreach (var name in new[] { "state", "nonce", "code_challenge" }) Assert.That(Asked(first, name), Is.Not.Empty.And.Not.EqualTo(Asked(second, name)), name);
        Assert.That((Asked(first, "redirect_uri"), Asked(first, "scope")), Is.EqualTo(("http://desk.example/ops/sign-in/callback", "openid profile email")));
    }

    [Test]
    public async Task Another_server_takes_the_browser_back()
    {
        using var another = Desk();
        var browser = new OpsBrowser(Ours);
        var there = BackFrom(await Leave(browser), Identity());
        var second = new OpsBrowser(another) { Attempt = browser.Attempt };
        await second.Get(there);
        await IsIn(second);
        await IsIn(new OpsBrowser(Ours) { Session = second.Session });
    }

    [Test]
    public async Task Roles_may_stand_in_the_token_for_the_desk_alone()
    {
        var access = Issuer.Sign(Key, SecurityAlgorithms.RsaSha256, Machine.Now, ("scope", "admin"), ("exp", (Machine.Now + Duration.FromMinutes(5)).ToUnixTimeSeconds()));
        var browser = await Through(Identity(("roles", null)), access);
        await IsIn(browser);
        Assert.That(browser.SetCookie.ToLowerInvariant(), Does.Contain("; expires=mon, 02 mar 2026 08:05:00 gmt"));
        var others = Issuer.Sign(Key, SecurityAlgorithms.RsaSha256, Machine.Now, ("scope", "admin"), ("sub", "grace"));
        await IsNot(await Through(Identity(("roles", null)), others), HttpStatusCode.Forbidden, "does not have the role");
        var elsewhere = Issuer.Sign(Key, SecurityAlgorithms.RsaSha256, Machine.Now, ("scope", "admin"), ("aud", "another-desk"));
        await IsNot(await Through(Identity(("roles", null)), elsewhere), HttpStatusCode.Forbidden, "does not have the role");
    }

    [TestCase("en", "You are known, but your account does not have the role")]
    [TestCase("fi", "Sinut tunnistettiin")]
    [TestCase("tr", "Kimliğiniz doğrulandı")]
    public async Task An_account_without_the_role_is_told_so(string language, string words)
    {
        var browser = new OpsBrowser(Ours);
        await IsNot(browser, await browser.Get(BackFrom(await Leave(browser, $"?lang={language}"), Identity(("roles", "tickets:write")))), HttpStatusCode.Forbidden, words);
    }

    [Test]
    public async Task An_agent_who_is_held_to_queues_or_not_active_is_not_let_in()
    {
        await Ours.Admin.Post("/v1/queues", """{ "name": "billing" }""");
        await Ours.Admin.Post("/v1/agents", """{ "name": "Ada", "email": "ada@example.org", "queues": ["billing"], "restrictedToQueues": true }""").Json(HttpStatusCode.Created);
        await IsNot(await Through(Identity(("email", "ada@example.org"))), HttpStatusCode.Forbidden, "does not have the role");
        var free = await Ours.Admin.Post("/v1/agents", """{ "name": "Grace", "email": "grace@example.org" }""").Json(HttpStatusCode.Created);
        var browser = await Through(Identity(("email", "grace@example.org")));
        Assert.That((await browser.Page("/ops")).QuerySelector(".ops-who p")!.TextContent, Is.EqualTo("Signed in as Grace"));
        await Ours.Admin.Send(HttpMethod.Patch, $"/v1/agents/{free["id"]}", """{ "active": false }""").Json();
        Machine.Now += Duration.FromSeconds(3);
        await IsOut(browser);
        await IsNot(await Through(Identity(("email", "grace@example.org"))), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task A_session_ends_with_the_token_or_after_eight_hours()
    {
        var brief = await Through(Identity());
        var plain = await Through(Identity(("exp", (Machine.Now + Duration.FromDays(1)).ToUnixTimeSeconds())));
        Machine.Now += Duration.FromHours(1);
        await IsOut(brief);
        Machine.Now += Duration.FromHours(7) - Duration.FromMilliseconds(1);
        await IsIn(plain);
        Machine.Now += Duration.FromMilliseconds(1);
        await IsOut(plain);
    }

    [Test]
    public async Task A_session_is_none_where_people_sign_in_elsewhere_or_not_at_all()
    {
        var browser = await Through(Identity());
        using var without = Desk(("Access:Oidc:ClientId", ""));
        using var other = Desk(("Access:Oidc:ClientId", "another-client"));
        await IsIn(new OpsBrowser(Ours) { Session = browser.Session });
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
        (Issuer.ClientSecret, Issuer.SecretBy) = ("the-client-secret-of-the-tests", by);
        using var another = Desk(("Access:Oidc:ClientSecret", Issuer.ClientSecret));
        var browser = await Through(Identity(), at: another);
        await IsIn(browser);
        using var wrong = Desk(("Access:Oidc:ClientSecret", "another-secret"));
        await IsNot(await Through(Identity(), at: wrong), HttpStatusCode.Forbidden, Refused);
        Assert.That(Log.Lines.Select(line => $"{line.Text} {line.Scopes} {line.Error}"), Has.None.Contains("the-client-secret").And.None.Contains("another-secret").And.None.Contains(browser.Session!));
    }

    [Test]
    public void A_secret_that_cannot_be_one_is_not_told_when_the_start_is_refused() =>
        Assert.That(() => Desk(("Access:Oidc:ClientSecret", "sesame sesame")), Throws.TypeOf<HelpDesk.Web.WrongConfiguration>().With.Message.Contains("Access:Oidc:ClientSecret").And.Message.Not.Contains("sesame"));

    [Test]
    public async Task Neither_code_nor_state_is_logged()
    {
        var browser = new OpsBrowser(Ours);
        var sentTo = await Leave(browser);
        var (callback, code) = Issuer.SignIn(sentTo, Identity());
        await browser.Get(callback.PathAndQuery);
        await IsIn(browser);
        Assert.That(Log.Lines.Select(line => $"{line.Text} {line.Scopes}"), Has.Some.Contains("/ops/sign-in/callback").And.None.Contains(code).And.None.Contains(Asked(sentTo, "state")));
    }

    [Test]
    public async Task Signing_in_is_in_the_log_and_nothing_of_the_session()
    {
        var browser = await Through(Identity());
        var entry = (await Ours.Admin.GetAsync("/v1/audit?type=session.started").Json())["items"]!.AsArray()[0]!;
        Assert.That(((string?)entry["actor"], entry["data"]!.ToJsonString()), Is.EqualTo(("jwt:ada", """{"with":"token","expiresAt":"2026-03-02T09:00:00Z"}""")));
        await browser.Press(await browser.Page("/ops"), "/sign-out");
        Assert.That((string?)(await Ours.Admin.GetAsync("/v1/audit?type=session.ended").Json())["items"]![0]!["actor"], Is.EqualTo("jwt:ada"));
    }

    [Test]
    public async Task Who_turns_back_at_the_issuer_is_told_so()
    {
        foreach (var error in new[] { "access_denied", "server_error", "<script>alert(1)</script>" })
        {
            var browser = new OpsBrowser(Ours);
            var state = Asked(await Leave(browser), "state");
            var answer = await browser.Get($"/ops/sign-in/callback?error={Uri.EscapeDataString(error)}&error_description=%3Cb%3E&state={state}");
            var page = await IsNot(browser, answer, HttpStatusCode.Forbidden, "did not let you in");
            Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("alert(1)").And.Not.Contain("<b>"));
        }
    }

    [Test]
    public async Task While_the_issuer_is_away_the_page_says_so_and_keys_still_open_it()
    {
        Issuer.IsAway = true;
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
        Issuer.TokensFail = status;
        await IsNot(await Through(Identity()), HttpStatusCode.ServiceUnavailable, Away);
        Assert.That(Log.Errors, Is.Empty);
    }

    [Test]
    public async Task An_issuer_that_does_not_say_where_people_sign_in_is_away_and_the_log_says_why()
    {
        Issuer.HasSignIn = false;
        using var another = Desk();
        var browser = new OpsBrowser(another);
        await IsNot(browser, await browser.Get("/ops/sign-in/issuer"), HttpStatusCode.ServiceUnavailable, Away);
        Assert.That(Log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text), Has.Some.Contains("authorization_endpoint"));
    }
}
