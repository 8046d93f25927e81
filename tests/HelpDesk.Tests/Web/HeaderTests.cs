using System.IO.Compression;
using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.Tests.Web;

/// <summary>What answers tell browsers, caches and clients that must move on: on endpoints made up for it.</summary>
internal sealed class HeaderTests
{
    private WebProbe web = null!;

    [OneTimeSetUp]
    public async Task Start() => web = await WebProbe.Start(api =>
    {
        api.MapGet("/thing", (HttpContext http) =>
        {
            http.SetETag(7);
            return Results.Ok(new { words = new string('x', 10_000) });
        });
        api.MapGet("/things", () => new[] { 1 });
        api.MapGet("/old", () => "old").Deprecated("2027-01-01T00:00:00Z", "2027-07-01T00:00:00Z", "/docs/moving");
        api.MapGet("/older", IResult () => throw Refusal.Conflict("gone-bad", "It has.")).Deprecated("2026-01-01T00:00:00Z");
        api.MapGet("/file", () => Results.Bytes(new byte[10_000], "application/octet-stream"));
    });

    [OneTimeTearDown]
    public async Task Stop() => await web.DisposeAsync();

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    [TestCase("/v1/things")]
    [TestCase("/v1/nowhere")]
    [TestCase("/v1/older")]
    public async Task A_browser_runs_nothing_guesses_nothing_and_shows_nothing_in_a_frame(string path)
    {
        var answer = await web.Client.GetAsync(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(answer, "X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(Header(answer, "Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(Header(answer, "Content-Security-Policy"), Does.StartWith("default-src 'none'; frame-ancestors 'none'"));
            Assert.That(Header(answer, "Server"), Is.Null);
        }
    }

    [TestCase("https://desk.example.com/v1/things", "max-age=31536000")]
    [TestCase("http://desk.example.com/v1/things", null)]
    [TestCase("https://localhost/v1/things", null)]
    [TestCase("https://127.0.0.1:5080/v1/things", null)]
    public async Task Over_HTTPS_browsers_are_told_to_stay_with_it(string address, string? expected) =>
        Assert.That(Header(await web.Client.GetAsync(address), "Strict-Transport-Security"), Is.EqualTo(expected));

    [TestCase("/v1/thing", "", HttpStatusCode.OK, "no-cache, private")]
    [TestCase("/v1/thing", "\"7\"", HttpStatusCode.NotModified, "no-cache, private")]
    [TestCase("/v1/things", "", HttpStatusCode.OK, "no-store")]
    [TestCase("/v1/older", "", HttpStatusCode.Conflict, "no-store, no-cache")]
    public async Task What_was_asked_for_with_a_key_is_kept_by_nobody_else(string path, string tag, HttpStatusCode expected, string kept)
    {
        var answer = await web.Client.Send(HttpMethod.Get, path, headers: [("Authorization", "Bearer x"), ("If-None-Match", tag)]);
        Assert.That((answer.StatusCode, answer.Headers.CacheControl?.ToString()), Is.EqualTo((expected, kept)));
    }

    [Test]
    public async Task An_endpoint_on_its_way_out_says_since_when_until_when_and_what_then()
    {
        var answer = await web.Client.GetAsync("/v1/old");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Header(answer, "Deprecation"), Is.EqualTo("@1798761600"));
            Assert.That(Header(answer, "Sunset"), Is.EqualTo("Thu, 01 Jul 2027 00:00:00 GMT"));
            Assert.That(Header(answer, "Link"), Is.EqualTo("</docs/moving>; rel=\"deprecation\""));
        }
        var problem = await web.Client.GetAsync("/v1/older");
        Assert.That((problem.StatusCode, Header(problem, "Deprecation"), Header(problem, "Sunset")), Is.EqualTo((HttpStatusCode.Conflict, "@1767225600", (string?)null)));
        Assert.That(Header(await web.Client.GetAsync("/v1/things"), "Deprecation"), Is.Null);
    }

    [Test]
    public async Task The_document_marks_it_too()
    {
        var document = await web.Client.GetAsync("/openapi/v1.json").Json();
        var old = document["paths"]!["/v1/old"]!["get"]!;
        Assert.That(((bool?)old["deprecated"], (string?)old["description"]), Is.EqualTo((true, "Deprecated since 2027-01-01, and gone from 2027-07-01 on. What to use in its place: /docs/moving")));
        Assert.That(document["paths"]!["/v1/things"]!["get"]!["deprecated"], Is.Null);
        Assert.That((string?)old["responses"]!["503"]!["headers"]!["Retry-After"]!["schema"]!["type"], Is.EqualTo("integer"));
    }

    [TestCase("gzip", "gzip")]
    [TestCase("br", "br")]
    [TestCase("gzip, deflate, br", "gzip")]
    [TestCase("identity", null)]
    public async Task A_client_that_takes_it_gets_less_to_carry(string accepted, string? coding)
    {
        var answer = await web.Client.Send(HttpMethod.Get, "https://desk.example.com/v1/thing", headers: ("Accept-Encoding", accepted));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        using var plain = new StreamReader(Decoded(new MemoryStream(bytes), coding));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(coding));
            Assert.That(bytes, Has.Length.LessThan(coding is null ? 20_000 : 500));
            Assert.That(await plain.ReadToEndAsync(), Has.Length.GreaterThan(10_000));
            Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"7\""));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
        }
    }

    private static Stream Decoded(Stream body, string? coding) => coding switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => body,
    };

    [Test]
    public async Task Files_of_others_stay_as_they_are() =>
        Assert.That((await web.Client.Send(HttpMethod.Get, "/v1/file", headers: ("Accept-Encoding", "gzip, br"))).Content.Headers.ContentEncoding, Is.Empty);
}
