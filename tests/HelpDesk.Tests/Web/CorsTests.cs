using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

/// <summary>Frontends in a browser, on origins of their own.</summary>
internal sealed class CorsTests
{
    private const string Frontend = "https://console.example.com";

    private static Task<HttpResponseMessage> Preflight(TestDesk desk, string origin = Frontend, string path = "/v1/tickets") => desk.Anonymous.Send(
        HttpMethod.Options, path, headers: [("Origin", origin), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key,if-match")]);

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    [Test]
    public async Task A_browser_asks_without_a_key_and_is_told_what_it_may_send()
    {
        using var desk = TestDesk.Start([("Cors:Origins", $"http://localhost:3000, {Frontend}"), ("Cors:MaxAge", "PT10M")]);
        var answer = await Preflight(desk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo(Frontend));
            Assert.That(Header(answer, "Access-Control-Allow-Methods"), Does.Contain("PATCH"));
            Assert.That(Header(answer, "Access-Control-Allow-Headers"), Does.Contain("idempotency-key").And.Contain("authorization"));
            Assert.That(Header(answer, "Access-Control-Max-Age"), Is.EqualTo("600"));
            Assert.That(Header(answer, "Access-Control-Allow-Credentials"), Is.Null);
        }
        Assert.That(Header(await Preflight(desk, "https://elsewhere.example.com"), "Access-Control-Allow-Origin"), Is.Null);
    }

    [TestCase("/v1/tickets", HttpStatusCode.OK)]
    [TestCase("/v1/tickets/1", HttpStatusCode.NotFound)]
    [TestCase("/v1/tickets?limit=0", HttpStatusCode.BadRequest)]
    [TestCase("/nowhere", HttpStatusCode.NotFound)]
    public async Task A_page_may_read_the_answer_problems_too_and_the_headers_it_needs(string path, HttpStatusCode expected)
    {
        using var desk = TestDesk.Start([("Cors:Origins:0", Frontend), ("Cors:Origins:1", "http://localhost:3000")]);
        var answer = await desk.Admin.Send(HttpMethod.Get, path, headers: ("Origin", Frontend));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(expected));
            Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo(Frontend));
            Assert.That(answer.Headers.Vary, Does.Contain("Origin"));
            foreach (var name in new[] { "ETag", "Link", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed", "X-Request-Id" })
            {
                Assert.That(Header(answer, "Access-Control-Expose-Headers")?.Split(','), Does.Contain(name));
            }
        }
    }

    [Test]
    public async Task Any_origin_may_be_let_in()
    {
        using var desk = TestDesk.Start([("Cors:Origins", "*")]);
        Assert.That(Header(await Preflight(desk), "Access-Control-Allow-Origin"), Is.EqualTo("*"));
    }

    [Test]
    public async Task Without_configuration_browsers_keep_other_pages_away()
    {
        using var desk = TestDesk.Start();
        Assert.That(Header(await Preflight(desk), "Access-Control-Allow-Origin"), Is.Null);
        Assert.That(Header(await desk.Admin.Send(HttpMethod.Get, "/v1/tickets", headers: ("Origin", Frontend)), "Access-Control-Allow-Origin"), Is.Null);
    }

    [TestCase("Cors:Origins", "console.example.com", "must be an origin")]
    [TestCase("Cors:Origins", "https://console.example.com/", "must be an origin")]
    [TestCase("Cors:Origins", "https://user@console.example.com", "must be an origin")]
    [TestCase("Cors:Origins", "ftp://console.example.com", "must be an origin")]
    [TestCase("Cors:Origins", "*, https://console.example.com", "and others beside it")]
    [TestCase("Cors:MaxAge", "an hour", "ISO 8601")]
    [TestCase("Cors:MaxAge", "P2D", "from PT0S to P1D")]
    public void A_setting_that_cannot_be_stops_the_start(string key, string value, string rule) =>
        Assert.That(() => WebProbe.Start(_ => { }, (key, value)), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith(key).And.Message.Contains(rule));
}
