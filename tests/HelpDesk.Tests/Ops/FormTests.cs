using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Ops;

/// <summary>Forms do what they say only for who is signed in, from the desk's own pages.</summary>
internal sealed class FormTests
{
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private static async Task<string> Token(OpsBrowser browser) => (await browser.Page("/ops")).QuerySelector("input[name=token]")!.GetAttribute("value")!;

    private static async Task<HttpStatusCode> SignOut(OpsBrowser browser, string token, params (string, string)[] headers) =>
        (await browser.Post("/ops/sign-out", token.Length == 0 ? [] : [("token", token)], headers)).StatusCode;

    [Test]
    public async Task A_form_without_its_session_s_token_is_refused()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        var key = (string)(await desk.Admin.Post("/v1/api-keys", """{ "name": "other", "scopes": ["admin"] }""").Json(HttpStatusCode.Created))["key"]!;
        var strange = await Token(await OpsBrowser.SignedIn(desk, key));
        var refused = await browser.Post("/ops/deliveries/retry", []);
        Assert.That((await refused.Page(HttpStatusCode.Forbidden)).QuerySelector("h1")!.TextContent, Is.EqualTo("That did not work"));
        Assert.That(await SignOut(browser, ""), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await SignOut(browser, strange), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await SignOut(browser, "x"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(browser.Session, Is.Not.Null);
        Assert.That(await SignOut(browser, await Token(browser)), Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [TestCase("Sec-Fetch-Site", "cross-site", false)]
    [TestCase("Sec-Fetch-Site", "same-site", false)]
    [TestCase("Sec-Fetch-Site", "none", false)]
    [TestCase("Sec-Fetch-Site", "same-origin", true)]
    [TestCase("Origin", "https://evil.example", false)]
    [TestCase("Origin", "http://localhost:8080", false)]
    [TestCase("Origin", "http://localhost", true)]
    [TestCase("Origin", "null", true)]
    public async Task A_form_that_another_page_sent_is_refused_even_with_the_token(string header, string value, bool isTaken)
    {
        var browser = await OpsBrowser.SignedIn(desk);
        Assert.That(await SignOut(browser, await Token(browser), (header, value)), Is.EqualTo(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden));
        var signIn = await new OpsBrowser(desk).SignIn(TestDesk.AdminKey, (header, value));
        Assert.That(signIn.StatusCode, Is.EqualTo(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Only_forms_are_read()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        var answer = await desk.Browser().Send(HttpMethod.Post, "/ops/sign-out", "{}", headers: [("Cookie", $"helpdesk-ops={browser.Session}")]);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await desk.Browser().Send(HttpMethod.Post, "/ops/sign-in", "{}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task No_answer_is_kept_and_the_pages_stand_in_no_document()
    {
        var browser = await OpsBrowser.SignedIn(desk);
        var answer = await browser.Get("/ops");
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("connect-src 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(await desk.Anonymous.GetStringAsync("/openapi/v1.json"), Does.Not.Contain("/ops"));
    }
}
