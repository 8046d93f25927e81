using System.IO.Compression;
using System.Net;
using System.Text;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Tests.Web;

/// <summary>What is kept as bytes is kept compressed too: one copy for all who take it, each under a tag of its own.</summary>
internal sealed class KeptBodyTests
{
    private readonly ManualClock clock = new();
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start(machine: clock);
        var calendar = (string)(await desk.Admin.Post("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""").Json(HttpStatusCode.Created))["id"]!;
        await desk.Admin.Post("/v1/policies", $$"""{ "name": "Ää", "published": true, "calendarId": "{{calendar}}", "terms": { "first_response": { "target": "PT4H" } } }""").Json(HttpStatusCode.Created);
    }

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private async Task<(HttpResponseMessage Answer, string Text)> Get(string path, string? accepts, string? has = null)
    {
        var answer = await desk.Anonymous.Send(HttpMethod.Get, path, headers: [.. new[] { ("Accept-Encoding", accepts), ("If-None-Match", has) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))]);
        var bytes = await answer.Content.ReadAsStreamAsync();
        using var plain = new StreamReader(answer.Content.Headers.ContentEncoding.SingleOrDefault() switch { "gzip" => new GZipStream(bytes, CompressionMode.Decompress), "br" => new BrotliStream(bytes, CompressionMode.Decompress), _ => bytes }, Encoding.UTF8);
        return (answer, await plain.ReadToEndAsync());
    }

    private static string Tag(HttpResponseMessage answer) => answer.Headers.ETag!.ToString();

    [Test]
    public async Task Every_encoding_says_the_same_under_a_tag_of_its_own([Values("/promises", "/promises/embed", "/v1/commitments")] string path)
    {
        var (plain, text) = await Get(path, null);
        Assert.That(plain.Content.Headers.ContentEncoding, Is.Empty);
        foreach (var (accepts, encoding) in new[] { ("gzip", "gzip"), ("br", "br"), ("gzip, deflate, br", "gzip"), ("br;q=1, gzip;q=0.5", "br"), ("gzip;q=0", null), ("identity", null), ("zstd", null) })
        {
            var (answer, same) = await Get(path, accepts);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(encoding), accepts);
                Assert.That(same, Is.EqualTo(text), accepts);
                Assert.That(answer.Headers.Vary.Count(name => name == "Accept-Encoding"), Is.EqualTo(1), accepts);
                Assert.That(Tag(answer), Is.EqualTo(encoding is null ? Tag(plain) : Tag(plain).TrimEnd('"') + $"-{encoding}\""), accepts);
                Assert.That(answer.Content.Headers.ContentLength, encoding is null ? Is.EqualTo(Encoding.UTF8.GetByteCount(text)) : Is.LessThan(text.Length), accepts);
                Assert.That((answer.Content.Headers.ContentType?.ToString(), answer.Headers.CacheControl?.ToString()), Is.EqualTo((plain.Content.Headers.ContentType?.ToString(), plain.Headers.CacheControl?.ToString())), accepts);
            }
        }
    }

    [Test]
    public async Task Who_has_it_is_told_so_by_the_tag_of_what_she_would_get([Values("/promises", "/v1/commitments")] string path)
    {
        var (plain, gzip) = (Tag((await Get(path, null)).Answer), Tag((await Get(path, "gzip")).Answer));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Get(path, "gzip", gzip)).Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That((await Get(path, null, plain)).Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That((await Get(path, null, gzip)).Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await Get(path, "gzip", plain)).Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await Get(path, "gzip", $"\"x\", W/{gzip}")).Answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        }

        var (answer, text) = await Get(path, "gzip", gzip);
        Assert.That((text, answer.Content.Headers.ContentEncoding.Count, Tag(answer)), Is.EqualTo(("", 0, gzip)));
        Assert.That(answer.Headers.Vary, Has.One.EqualTo("Accept-Encoding"));
    }

    [Test]
    public void A_copy_is_made_once()
    {
        var body = new KeptBody(Encoding.UTF8.GetBytes(new string('x', 5000)));
        foreach (var accepts in new[] { "", "gzip", "br" })
        {
            var first = For(accepts).Bytes;
            Assert.That(For(accepts).Bytes, Is.SameAs(first), accepts);
        }

        Assert.That(new[] { For("").Bytes.Length > For("gzip").Bytes.Length, For("gzip").Bytes != For("br").Bytes }, Has.All.True);

        KeptCopy For(string accepts) => body.For(new DefaultHttpContext { RequestServices = desk.Services, Request = { Headers = { AcceptEncoding = accepts } } });
    }
}
