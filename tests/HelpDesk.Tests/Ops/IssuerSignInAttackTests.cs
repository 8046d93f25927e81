using System.Net;
using HelpDesk.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Ops;

/// <summary>What others try on the way to the issuer and back.</summary>
internal sealed class IssuerSignInAttackTests : IssuerSignInFixture
{
    [TestCase("")]
    [TestCase("?code=x")]
    [TestCase("?code=x&state=")]
    [TestCase("?code=x&state=y")]
    [TestCase("?error=access_denied")]
    [TestCase("?state=a&state=b&code=a&code=b&iss=&iss=")]
    public async Task A_way_back_without_the_state_of_the_way_there_leads_nowhere(string query)
    {
        var browser = new OpsBrowser(Ours);
        await Leave(browser);
        await IsNot(browser, await browser.Get($"/ops/sign-in/callback{query}"), HttpStatusCode.BadRequest, Unknown);
    }

    [Test]
    public async Task Nobody_can_be_signed_in_by_the_way_back_of_somebody_else()
    {
        // Somebody else's account, put into the browser of one who did not set out, or set out on a way of her own.
        var (other, own) = (new OpsBrowser(Ours), new OpsBrowser(Ours));
        var back = BackFrom(await Leave(other), Identity());
        await IsNot(own, await own.Get(back), HttpStatusCode.BadRequest, Unknown);
        await Leave(own);
        await IsNot(own, await own.Get(back), HttpStatusCode.BadRequest, Unknown);
    }

    [Test]
    public async Task A_way_that_took_too_long_or_was_altered_leads_nowhere()
    {
        var browser = new OpsBrowser(Ours);
        var back = BackFrom(await Leave(browser), Identity());
        var attempt = browser.Attempt!.Split('.');
        Machine.Now += Duration.FromMinutes(10);
        await IsNot(browser, await browser.Get(back), HttpStatusCode.BadRequest, Unknown);
        var later = long.Parse(attempt[1], System.Globalization.CultureInfo.InvariantCulture) + 600_000;
        foreach (var altered in new[] { $"{attempt[0]}.{later}.{attempt[2]}.{attempt[3]}", $"{attempt[0]}.{attempt[1]}.fi.{attempt[3]}", "x", "...", ".x.." })
        {
            var forged = new OpsBrowser(Ours) { Attempt = altered };
            await IsNot(forged, await forged.Get(back), HttpStatusCode.BadRequest, Unknown);
        }
    }

    [Test]
    public async Task A_code_is_good_once()
    {
        var browser = new OpsBrowser(Ours);
        var back = BackFrom(await Leave(browser), Identity());
        var attempt = browser.Attempt;
        await browser.Get(back);
        await IsIn(browser);
        var again = new OpsBrowser(Ours);
        await IsNot(again, await again.Get(back), HttpStatusCode.BadRequest, Unknown);
        var copied = new OpsBrowser(Ours) { Attempt = attempt };
        await IsNot(copied, await copied.Get(back), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task A_code_that_was_given_for_another_way_is_refused()
    {
        // The code of another's way, under the state of one's own: the challenge it was given for is another.
        var (victim, thief) = (new OpsBrowser(Ours), new OpsBrowser(Ours));
        var (_, stolen) = Issuer.SignIn(await Leave(victim), Identity());
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
            await IsNot(await Through(nonce => Issuer.Sign(key, algorithm, Machine.Now, ("aud", FakeIssuer.Client), ("roles", "admin"), ("nonce", nonce))), HttpStatusCode.Forbidden, Refused);
        }

        foreach (var nothing in new[] { "", "x", "eyJ..", "a.b.c" }) await IsNot(await Through(_ => nothing), HttpStatusCode.Forbidden, Refused);
    }

    [Test]
    public async Task The_answer_of_another_issuer_is_refused_before_its_code_is_shown_to_anybody()
    {
        var browser = new OpsBrowser(Ours);
        var back = BackFrom(await Leave(browser), Identity());
        await IsNot(browser, await browser.Get($"{back}&iss=https%3A%2F%2Felsewhere.example"), HttpStatusCode.Forbidden, Refused);
        var honest = new OpsBrowser(Ours);
        await honest.Get($"{BackFrom(await Leave(honest), Identity())}&iss={Uri.EscapeDataString(Issuer.Address)}");
        await IsIn(honest);
    }

    [TestCase("next=https://evil.example")]
    [TestCase("returnUrl=//evil.example&return_to=%5C%5Cevil.example&redirect_uri=https://evil.example")]
    [TestCase("lang=//evil.example")]
    public async Task Nothing_in_an_address_decides_where_the_browser_is_led(string evil)
    {
        var browser = new OpsBrowser(Ours);
        var sentTo = await Leave(browser, $"?{evil}");
        Assert.That(sentTo.Query, Does.Not.Contain("evil"));
        var answer = await browser.Get($"{BackFrom(sentTo, Identity())}&{evil}");
        Assert.That(answer.Headers.GetValues("Refresh").Single(), Is.EqualTo("0; url=../../ops"));
        Assert.That((await answer.Page()).QuerySelectorAll("a").Select(link => link.GetAttribute("href")), Has.None.Contains("evil"));
    }

    [Test]
    public async Task The_host_that_a_request_names_does_not_decide_where_the_issuer_sends_the_code()
    {
        var answer = await new OpsBrowser(Ours).Get("/ops/sign-in/issuer", ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"));
        Assert.That(Asked(answer.Headers.Location!, "redirect_uri"), Is.EqualTo("http://desk.example/ops/sign-in/callback"));
    }

    [Test]
    public async Task Codes_cannot_be_tried_at_full_speed()
    {
        using var slow = Desk(("RateLimits:FailuresPerMinute", "2"));
        foreach (var _ in new[] { 1, 2 }) await IsNot(await Through(Identity(("nonce", "x")), at: slow), HttpStatusCode.Forbidden, Refused);
        var refused = await Through(Identity(), at: slow);
        Assert.That(Last!.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Session, Is.Null);
    }
}
