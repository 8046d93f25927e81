using System.IO.Compression;
using System.Net;
using System.Text;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Tests.Ops;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Calendars.Feeds;

/// <summary>Servers that hang, break off, send elsewhere, or send rubbish: the holidays that there are stay.</summary>
internal sealed class FeedServerTests : FeedFixture
{
    private static readonly byte[] Packed = Gzip(Encoding.UTF8.GetBytes(Ical("20260619")));

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return Case("Gone", Answer("404 Not Found", "no"), "answered 404");
        yield return Case("Broken", Answer("500 Oops", "no"), "answered 500");
        yield return Case("Nothing", Answer("204 No Content", ""), "answered 204");
        yield return Case("Not modified, though nobody asked", Answer("304 Not Modified", ""), "answered 304");
        yield return Case("Elsewhere", Answer("302 Found", "", "Location: http://127.0.0.1:1/\r\n"), "Redirects are not followed");
        yield return Case("No HTTP", Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH\r\n\r\n"), "cannot be asked");
        yield return Case("No HTTP, and nothing to be kept", [.. "SSH\0\u0001"u8, 0xED, 0xA0, 0x80, .. "\r\n\r\n"u8], "cannot be asked");
        yield return Case("Hangs up", [], "cannot be asked");
        yield return Case("No feed", Answer("200 OK", "<!doctype html><title>Sign in</title>"), "no iCalendar feed");
        yield return Case("Empty", Answer("200 OK", ""), "no iCalendar feed");
        yield return Case("Garbage in a feed", Answer("200 OK", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:x\r\nEND:VCALENDAR\r\n"), "no iCalendar feed");
        yield return Case("Without its end", Answer("200 OK", Ical("20260619").Replace("END:VCALENDAR\r\n", "", StringComparison.Ordinal)), "not a whole one");
        yield return Case("Broken off", [.. Answer("200 OK", Ical("20260619"))[..^20]], "broke off", hangsUp: true);
        yield return Case("Without holidays", Answer("200 OK", Ical()), "no holidays any more");
        yield return Case("Without days", Answer("200 OK", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260319T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"), "no holidays any more");
        yield return Case("Latin", [.. Answer("200 OK", "BEGIN:VCALENDAR\r\nX:\u00e4\r\nEND:VCALENDAR\r\n").Select(each => each == 0xC3 ? (byte)0xFF : each)], "not in UTF-8");
        yield return Case("Said to be huge", Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"), "larger than");
        yield return Case("Huge without saying so", [.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. new byte[2_000_000]], "larger than", hangsUp: true);
        yield return Case("A bomb", Sent(Gzip(new byte[50_000_000]), "Content-Encoding: gzip\r\n"), "larger than");
        yield return Case("Half a gzip", Sent(Packed[..(Packed.Length / 2)], "Content-Encoding: gzip\r\n"), "broke off");
        yield return Case("A gzip without its last byte", Sent(Packed[..^1], "Content-Encoding: gzip\r\n"), "broke off");
        yield return Case("A gzip without its trailer", Sent(Packed[..^8], "Content-Encoding: gzip\r\n"), "broke off");
        yield return Case("No gzip", Answer("200 OK", Ical("20260619"), "Content-Encoding: gzip\r\n"), "compressed wrongly");
        yield return Case("Another compression", Answer("200 OK", "x", "Content-Encoding: br\r\n"), "Content-Encoding br");
        yield return Case("Too many", Answer("200 OK", Ical([.. Enumerable.Range(0, 5_001).Select(n => $"20260501;X-N:{n}")])), "more than 5,000 events");

        static TestCaseData Case(string name, byte[] answer, string words, bool hangsUp = false) => new TestCaseData(answer, words, hangsUp).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Failures))]
    public async Task What_cannot_be_read_changes_nothing_and_is_tried_again(byte[] answer, string words, bool hangsUp)
    {
        Serve("20260501");
        var feed = await Feed();
        await Read();
        var version = await Version();
        sink.BytesTo = _ => answer;
        sink.HangsUp = hangsUp;
        await ReadNextDay();
        var read = await Desk.Admin.GetAsync(feed).Json();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("2026-05-01", version)));
        Assert.That((string?)read["lastProblem"], Does.Contain(words));
        Assert.That(((string?)read["failingSince"], (string?)read["lastReadAt"]), Is.EqualTo(("2026-11-23T09:00:00Z", "2026-11-22T09:00:00Z")));
        Assert.That(await Read(), Is.Zero, "not at once");
        machine.Now += Duration.FromMinutes(5);
        Assert.That(await Read(), Is.EqualTo(1));
        Assert.That((await Told()).Skip(3), Is.EqualTo(new[] { "holiday_feed.failed" }), "told once");
        (sink.BytesTo, sink.HangsUp) = (null, false);
        machine.Now += Duration.FromMinutes(10);
        await Read();
        Assert.That(await Problem(feed), Is.Null);
        Assert.That((await Told()).Skip(3), Is.EqualTo(new[] { "holiday_feed.failed", "holiday_feed.read" }));
    }

    [Test]
    public async Task Pauses_grow_to_a_day()
    {
        sink.Answer = _ => HttpSink.Status("503 Busy");
        var feed = await Feed();
        var pauses = new List<double>();
        for (var failure = 1; failure <= 12; failure++)
        {
            Assert.That(await Read(), Is.EqualTo(1));
            var next = Instant.FromDateTimeOffset((DateTimeOffset)(await Desk.Admin.GetAsync(feed).Json())["nextReadAt"]!);
            pauses.Add((next - machine.Now).TotalMinutes);
            machine.Now = next;
        }

        for (var failure = 0; failure < 12; failure++) Assert.That(pauses[failure], Is.InRange(Math.Min(1440, 5 << failure) / 2.0, Math.Min(1440, 5 << failure)));
    }

    [Test]
    public async Task A_feed_is_asked_whether_it_has_changed()
    {
        sink.Answer = _ => HttpSink.Status("200 OK", Ical("20260501"), "ETag: W/\"seven\"\r\nLast-Modified: Sun, 22 Nov 2026 08:00:00 GMT\r\n");
        var feed = await Feed();
        await Read();
        Assert.That(sink.Posts[0].Headers.Keys, Does.Not.Contain("if-none-match").And.Not.Contain("if-modified-since"));
        sink.Answer = _ => HttpSink.Status("304 Not Modified");
        await ReadNextDay();
        Assert.That((sink.Posts[1].Headers["if-none-match"], sink.Posts[1].Headers["if-modified-since"]), Is.EqualTo(("W/\"seven\"", "Sun, 22 Nov 2026 08:00:00 GMT")));
        var read = await Desk.Admin.GetAsync(feed).Json();
        Assert.That(((string?)read["lastReadAt"], (string?)read["lastProblem"], (int)read["holidayCount"]!, await Version()), Is.EqualTo(("2026-11-23T09:00:00Z", (string?)null, 1, 2)));
        await Desk.Admin.Post($"{feed}/refresh", "").Json(HttpStatusCode.Accepted);
        sink.Answer = _ => HttpSink.Status("200 OK", Ical("20260501"), "ETag: \"eight\"\r\n");
        Assert.That(await Read(), Is.EqualTo(1), "at once");
        Assert.That(sink.Posts[2].Headers.Keys, Does.Not.Contain("if-none-match"), "whoever asks gets it whole");
        await Now("2027-01-04T08:00:00Z");
        await ReadNextDay();
        Assert.That(sink.Posts[3].Headers.Keys, Does.Not.Contain("if-none-match"), "another year is counted out anew");
        await ReadNextDay();
        Assert.That(sink.Posts[4].Headers["if-none-match"], Is.EqualTo("\"eight\""));
    }

    [Test]
    public async Task Operators_see_what_cannot_be_read()
    {
        sink.Answer = _ => HttpSink.Status("404 Not Found");
        var feed = await Feed();
        await Desk.Admin.Patch(feed, """{ "name": "<b>Finland</b>" }""").Json();
        var browser = await OpsBrowser.SignedIn(Desk);
        Assert.That((await browser.Page("/ops")).QuerySelector(".holiday-feed"), Is.Null);
        await Read();
        Assert.That(await Said(""), Does.StartWith("The holiday feed “<b>Finland</b>” of the calendar “Office” cannot be read").And.EndsWith("The server answered 404. Only 200 brings a feed."));
        Assert.That(await Said("?lang=fi"), Does.Contain("pyhäpäiväsyötettä"));
        Assert.That(await Said("?lang=tr"), Does.Contain("tatil takvimi"));

        async Task<string> Said(string query) => (await browser.Page($"/ops{query}")).QuerySelector(".holiday-feed")!.TextContent.Trim();
    }

    [Test]
    public async Task A_compressed_feed_is_read_and_so_is_one_with_a_mark_of_its_bytes_order()
    {
        sink.BytesTo = _ => Sent(Packed, "Content-Encoding: gzip\r\n");
        var feed = await Feed();
        await Read();
        Assert.That((await Holidays(), sink.Posts[0].Headers["accept-encoding"]), Is.EqualTo(("2026-06-19", "gzip")));
        sink.BytesTo = _ => Answer("200 OK", "\uFEFF" + Ical("20260620"));
        await ReadNextDay();
        Assert.That((await Holidays(), await Problem(feed)), Is.EqualTo(("2026-06-20", (string?)null)));
    }

    [Test]
    public async Task A_feed_that_never_had_holidays_may_have_none()
    {
        Serve();
        var feed = await Feed();
        await Read();
        Assert.That((await Problem(feed), await Version()), Is.EqualTo(((string?)null, 1)));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN:VCALENDAR")]
    [TestCase(null)]
    public async Task A_server_that_hangs_is_given_ten_seconds(string? answer)
    {
        var asked = new TaskCompletionSource();
        sink.Answer = _ =>
        {
            asked.TrySetResult();
            return answer;
        };
        var clock = new ManualClock();
        using var fetch = new FeedFetch(HolidayFeedSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("HolidayFeeds:AllowedNetworks", "127.0.0.0/8")]).Build()), clock);
        var reading = fetch.Read(new(default, default, default, new(sink.Url), null, null, null), 2026, default);
        await asked.Task;
        clock.Advance(Duration.FromSeconds(9));
        Assert.That(reading.IsCompleted, Is.False);
        clock.Advance(Duration.FromSeconds(1));
        Assert.That((await reading).Problem, Is.EqualTo("It did not come whole within 10 seconds."));
    }

    [Test]
    public async Task A_name_that_leads_into_a_private_network_is_not_followed()
    {
        using var strict = StartAnother([("HolidayFeeds:AllowedNetworks", "")]);
        var feed = await Feed(sink.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("http:", "https:", StringComparison.Ordinal));
        await Read(strict);
        Assert.That(await Problem(feed), Does.StartWith("The desk does not go to localhost: ").And.Contain("HolidayFeeds:AllowedNetworks does not name it"));
        Assert.That(sink.Connections, Is.Zero);
        await strict.Admin.Post(Feeds, $$"""{ "url": "{{sink.Url}}" }""").Problem(HttpStatusCode.BadRequest, "validation");
    }

    private static byte[] Answer(string status, string body, string headers = "") => Encoding.UTF8.GetBytes(HttpSink.Status(status, body, headers));

    private static byte[] Sent(byte[] body, string headers) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
