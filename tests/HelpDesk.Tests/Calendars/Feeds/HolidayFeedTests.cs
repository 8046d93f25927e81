using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars.Feeds;

/// <summary>Holidays that are read again and again: what comes, moves and goes, and what is not the feed's to touch.</summary>
internal sealed class HolidayFeedTests : FeedFixture
{
    [Test]
    public async Task A_feed_is_made_changed_listed_and_deleted_as_all_things_are()
    {
        var made = await Desk.Admin.Post(Feeds, $$"""{ "url": "{{sink.Url}}", "name": " Finland " }""").Json(HttpStatusCode.Created);
        Assert.That(made.AsObject().Select(member => member.Key), Is.EqualTo(new[]
        {
            "id", "calendarId", "url", "name", "paused", "holidayCount", "skipped", "lastReadAt", "lastChangedAt", "lastProblem", "failingSince", "nextReadAt", "createdAt", "updatedAt",
        }));
        Assert.That(((string?)made["name"], (string?)made["lastReadAt"], (string?)made["nextReadAt"]), Is.EqualTo(("Finland", (string?)null, "2026-11-22T09:00:00Z")));
        Assert.That(await Desk.Admin.Members(Feeds, "id"), Is.EqualTo(new[] { (string?)made["id"] }));
        var feed = $"{Feeds}/{made["id"]}";
        await Desk.Admin.KeepsPreconditions(feed, """{ "name": "Suomi" }""");
        var paused = await Desk.Admin.Patch(feed, """{ "paused": true }""").Json();
        Assert.That((string?)paused["nextReadAt"], Is.Null);
        Assert.That(await Read(), Is.Zero);
        await Desk.Admin.Post($"{feed}/refresh", "").Problem(HttpStatusCode.Conflict, "holiday-feed-paused");
        await Desk.Admin.Delete(feed).Gone();
        await Desk.Admin.GetAsync(feed).Problem(HttpStatusCode.NotFound, "not-found");
    }

    [TestCase("""{ "url": "ftp://example.com/a.ics" }""", "url")]
    [TestCase("""{ "url": "https://10.0.0.1/a.ics" }""", "url")]
    [TestCase("""{ "url": "https://169.254.169.254/latest" }""", "url")]
    [TestCase("""{ "url": "https://me:secret@example.com/a.ics" }""", "url")]
    [TestCase("""{ "url": "https://example.com/a.ics", "name": " " }""", "name")]
    [TestCase("""{ "name": "x" }""", "url")]
    public async Task What_cannot_be_a_feed_is_refused(string body, string member) =>
        Assert.That((await Desk.Admin.Post(Feeds, body).Problem(HttpStatusCode.BadRequest, "validation"))["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { member }));

    [Test]
    public async Task A_feed_of_another_calendar_or_of_none_is_not_found()
    {
        var feed = await Feed();
        var other = await MakeCalendar("""{ "mon": [["09:00","17:00"]] }""");
        await Desk.Admin.GetAsync($"/v1/calendars/{other}/holiday-feeds/{feed.Split('/')[^1]}").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Post($"/v1/calendars/{Nobody}/holiday-feeds", $$"""{ "url": "{{sink.Url}}" }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync($"/v1/calendars/{Nobody}/holiday-feeds").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Delete($"/v1/calendars/{Calendar}").Gone();
        Assert.That((await Read(), await Database.Ask<long>("select count(*) from holiday_feeds")), Is.EqualTo((0, 0L)), "they go with their calendar");
    }

    [Test]
    public async Task What_a_feed_adds_moves_and_takes_back_comes_into_the_calendar_and_its_own_holidays_stay()
    {
        await Give("2026-12-24", "2026-05-01");
        Serve("20260501", "20260619", "20151225;RRULE:FREQ=YEARLY");
        var feed = await Feed();
        await Read();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("2026-12-24 2026-05-01 12-25 2026-06-19", 3)));
        Serve("20260626", "20151225;RRULE:FREQ=YEARLY");
        await ReadNextDay();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("2026-12-24 2026-05-01 12-25 2026-06-26", 4)), "moved, and the calendar's own first of May stays");
        await Desk.Admin.Delete(feed).Gone();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("2026-12-24 2026-05-01", 5)));
    }

    /// <summary>The rest of it is often the secret that opens it.</summary>
    [Test]
    public async Task Of_its_address_events_tell_scheme_and_host_alone_and_that_it_changed()
    {
        Serve("20260501");
        var feed = await Feed();
        var to = new Uri((string)(await Desk.Admin.GetAsync(feed).Json())["url"]!);
        await Desk.Admin.Send(HttpMethod.Patch, feed, $$"""{ "url": "{{to.Scheme}}://{{to.Authority}}/private-0a1b2c/basic.ics" }""", "application/merge-patch+json").Json();
        await Read();
        sink.Answer = _ => HttpSink.Status("404 Not Found");
        await ReadNextDay();
        await Desk.Admin.Delete(feed).Gone();
        var told = (await Database.Ask<string>("select string_agg(type || ' ' || data::text, E'\n' order by sequence) from events where type like 'holiday_feed.%'"))!;
        Assert.That(told, Does.Not.Contain("private").And.Not.Contain(to.AbsolutePath));
        var changes = System.Text.Json.Nodes.JsonNode.Parse((await Database.Ask<string>("select data::text from events where type = 'holiday_feed.updated'"))!)!["changes"]!["url"]!;
        Assert.That(((string?)changes["from"], (string?)changes["to"]), Is.EqualTo(($"{to.Scheme}://{to.Authority}", $"{to.Scheme}://{to.Authority}")));
    }

    [Test]
    public async Task A_reading_that_changes_nothing_makes_no_version_and_no_event()
    {
        Serve("20260501");
        var feed = await Feed();
        await Read();
        var (version, told) = (await Version(), await Told());
        Assert.That(told, Is.EqualTo(new[] { "holiday_feed.created", "calendar.updated", "holiday_feed.read" }));
        await ReadNextDay();
        Assert.That(await Version(), Is.EqualTo(version));
        Assert.That(await Told(), Is.EqualTo(told));
        var read = await Desk.Admin.GetAsync(feed).Json();
        Assert.That(((string?)read["lastReadAt"], (string?)read["lastChangedAt"], (int)read["holidayCount"]!), Is.EqualTo(("2026-11-23T09:00:00Z", "2026-11-22T09:00:00Z", 1)));
        Assert.That(Instant.FromDateTimeOffset((DateTimeOffset)read["nextReadAt"]!) - machine.Now, Is.InRange(Duration.FromHours(21), Duration.FromHours(24)));
    }

    [Test]
    public async Task The_change_is_told_as_that_of_a_patch_is()
    {
        Serve("20260501");
        await Feed();
        await Read();
        var entry = (await Desk.Admin.GetAsync("/v1/audit?type=calendar.updated").Json())["items"]![0]!;
        Assert.That(((string?)entry["actor"], (int)entry["data"]!["version"]!, entry["data"]!["changes"]!["holidays"]!["to"]!.ToJsonString()), Is.EqualTo(("desk", 2, """["2026-05-01"]""")));
    }

    [Test]
    public async Task What_has_passed_stays_though_the_feed_tells_only_what_is_to_come()
    {
        Serve("20260105", "20260501", "20150106;RRULE:FREQ=YEARLY");
        await Feed();
        await Read();
        Serve("20260501");
        await ReadNextDay();
        Assert.That(await Holidays(), Is.EqualTo("2026-01-05 2026-05-01 2025-01-06 2026-01-06"));
        var version = await Version();
        await ReadNextDay();
        Assert.That(await Version(), Is.EqualTo(version));
    }

    [Test]
    public async Task Each_holiday_knows_where_it_comes_from()
    {
        await Give("2026-05-01");
        await Import("20260501", "20261206");
        Serve("20260501", "20261206", "20260619");
        var feed = await Feed();
        await Read();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 own feed, 2026-12-06 imported feed, 2026-06-19 feed"));
        await Desk.Admin.Delete($"/v1/calendars/{Calendar}/holidays/imported").Json();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 own feed, 2026-12-06 feed, 2026-06-19 feed"));
        await Import("20260619", "20260620");
        await Desk.Admin.Delete(feed).Gone();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 own, 2026-06-19 imported, 2026-06-20 imported"), "an upload brings what a feed had brought before");
        var version = await Version();
        await Desk.Admin.Delete($"/v1/calendars/{Calendar}/holidays/imported").Json();
        await Desk.Admin.Delete($"/v1/calendars/{Calendar}/holidays/imported").Json();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("2026-05-01", version + 1)));
    }

    [Test]
    public async Task A_list_sent_back_as_it_was_read_with_a_date_more_makes_only_that_one_the_calendar_s_own()
    {
        await Import("20261206");
        Serve("20260501");
        var feed = await Feed();
        await Read();
        await Give("2026-12-06", "2026-05-01", "2026-12-24");
        Assert.That(await Sources(), Is.EqualTo("2026-12-06 imported, 2026-05-01 feed, 2026-12-24 own"));
        await Give();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 feed"), "what a feed brings does not go by being left out");
        var version = await Version();
        await Desk.Admin.Patch($"/v1/calendars/{Calendar}", """{ "holidays": null }""").Json();
        await Desk.Admin.Patch($"/v1/calendars/{Calendar}", """{ "name": "Shop" }""").Json();
        Assert.That((await Sources(), await Version()), Is.EqualTo(("2026-05-01 feed", version)));
        Assert.That(((await Desk.Admin.Patch($"/v1/calendars/{Calendar}", """{ "holidays": ["rubbish"] }""").Problem(HttpStatusCode.BadRequest, "validation"))["errors"]!.AsObject()).Single().Key, Is.EqualTo("holidays[0]"));
        await Desk.Admin.Delete(feed).Gone();
        Assert.That(await Holidays(), Is.Empty);
    }

    [Test]
    public async Task An_own_holiday_that_a_feed_brings_too_can_be_given_up_and_goes_with_the_feed()
    {
        await Give("2026-05-01");
        Serve("20260501");
        var feed = await Feed();
        await Read();
        await Give();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 feed"));
        await Desk.Admin.Delete(feed).Gone();
        Assert.That(await Holidays(), Is.Empty);
    }

    [Test]
    public async Task Calendars_of_before_own_all_that_they_have()
    {
        await Give("2026-05-01", "2026-12-24");
        await Database.Execute("update calendars set own_holidays = '{}', imported_holidays = '{}'");
        Serve("20260501");
        var feed = await Feed();
        await Read();
        await Desk.Admin.Delete(feed).Gone();
        Assert.That(await Sources(), Is.EqualTo("2026-05-01 own, 2026-12-24 own"));
    }

    [Test]
    public async Task Another_address_is_read_at_once_and_what_was_on_its_way_from_the_old_one_counts_for_nothing()
    {
        Serve("20260501");
        var feed = await Feed();
        await Read();
        using var other = new HttpSink { Answer = _ => HttpSink.Status("200 OK", Ical("20260619")) };
        sink.AnswerTo = _ =>
        {
            // While the old one is asked.
            Desk.Admin.Patch(feed, $$"""{ "url": "{{other.Url}}" }""").Json().GetAwaiter().GetResult();
            return HttpSink.Status("200 OK", Ical("20261231"));
        };
        await ReadNextDay();
        Assert.That(await Holidays(), Is.EqualTo("2026-05-01"));
        await Read();
        Assert.That(await Holidays(), Is.EqualTo("2026-06-19"));
    }

    private Task<JsonNode> Import(params string[] days) => Desk.Admin.Send(HttpMethod.Post, $"/v1/calendars/{Calendar}/holidays", Ical(days), "text/calendar").Json();

    private async Task<string> Sources() => string.Join(", ", (await Desk.Admin.GetAsync($"/v1/calendars/{Calendar}/holidays").Json())["items"]!.AsArray().Select(day =>
        $"{day!["date"]}{((bool)day["own"]! ? " own" : "")}{((bool)day["imported"]! ? " imported" : "")}{(day["feedIds"]!.AsArray().Count > 0 ? " feed" : "")}"));
}
