using System.Collections.Concurrent;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Tests.Calendars.Feeds;

/// <summary>Servers of the desk that read feeds at once, or die over it.</summary>
internal sealed class FeedClaimTests : FeedFixture
{
    [Test]
    public async Task Two_desks_read_each_feed_once()
    {
        using var other = StartAnother();
        Serve("20260501");
        for (var feed = 0; feed < 12; feed++) await Feed();
        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Read(turn % 2 == 0 ? Desk : other)));
        Assert.That((read.Sum(), sink.Posts.Count, await Version(), await Holidays()), Is.EqualTo((12, 12, 2, "2026-05-01")));
    }

    [Test]
    public async Task While_a_server_is_asked_nothing_is_held_and_nobody_else_asks()
    {
        var asked = new ConcurrentQueue<int>();
        var feed = await Feed();
        sink.AnswerTo = _ =>
        {
            // Meanwhile, from within: the calendar can be changed, and another server finds nothing to do.
            asked.Enqueue(Read().GetAwaiter().GetResult());
            Give("2026-12-24").GetAwaiter().GetResult();
            return HttpSink.Status("200 OK", Ical("20260501"));
        };
        await Read();
        Assert.That((asked.Single(), await Holidays(), await Problem(feed)), Is.EqualTo((0, "2026-12-24 2026-05-01", (string?)null)));
    }

    [Test]
    public async Task What_a_killed_server_was_reading_another_one_reads()
    {
        var asked = new TaskCompletionSource();
        sink.Answer = number =>
        {
            asked.TrySetResult();
            return number == 1 ? null : HttpSink.Status("200 OK", Ical("20260501"));
        };
        var feed = await Feed();
        using (var killed = await DeskProcess.Start(Database.ConnectionString, ("Jobs__Enabled", "true"), ("HolidayFeeds__AllowedNetworks", "127.0.0.0/8")))
        {
            await asked.Task;
            killed.Kill();
        }

        machine.Now = TimeProvider.System.GetCurrentInstant();
        Assert.That(await Read(), Is.Zero, "its claim holds for a while");
        machine.Now += ClaimedFeed.Duration + Duration.FromSeconds(1);
        Assert.That((await Read(), await Holidays(), await Problem(feed)), Is.EqualTo((1, "2026-05-01", (string?)null)));
    }

    [Test]
    public async Task What_a_dead_server_held_is_read_after_a_clock_was_set_back_too()
    {
        Serve("20260501");
        await Feed();
        var start = machine.Now;
        Assert.That(await ClaimedFeed.Take(Database.DataSource, 10, start + Duration.FromHours(2), default), Has.Count.EqualTo(1));
        machine.Now = start + Duration.FromHours(1);
        Assert.That((await Read(), await Holidays()), Is.EqualTo((1, "2026-05-01")));
    }

    [Test]
    public async Task A_feed_deleted_while_it_is_read_leaves_nothing_behind()
    {
        var feed = await Feed();
        sink.AnswerTo = _ =>
        {
            Desk.Admin.Delete(feed).Gone().GetAwaiter().GetResult();
            return HttpSink.Status("200 OK", Ical("20260501"));
        };
        await Read();
        Assert.That((await Holidays(), await Version()), Is.EqualTo(("", 1)));
    }

    [TestCase("PT5M", ".")]
    [TestCase("P1Y", ", which has years or months, which have no fixed length: use weeks, days or hours.")]
    [TestCase("daily", ".")]
    public void A_cadence_that_cannot_be_is_refused_at_the_start(string every, string words) =>
        Assert.That(Assert.Catch(() => TestDesk.Start([("HolidayFeeds:Every", every)], database: Database))!.GetBaseException().Message, Is.EqualTo($"HolidayFeeds:Every must be an ISO 8601 duration from PT15M to P30D, but is '{every}'{words}"));
}
