using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Events.Feed;

/// <summary>A database that was restored tells so by where it lies; see FeedEra.</summary>
internal sealed class FeedEraTests : FeedFixture
{
    /// <summary>The row is as its restore left it: written by another transaction, or as it was and in another cluster or on another timeline.</summary>
    private const string Moved =
        """
        update feed_era set place = (select case when $1 = 'cluster' then '1' else system_identifier::text end from pg_control_system())
            || '/' || case when $1 = 'timeline' then '000000FF' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end
            || '/' || (pg_current_xact_id()::text::bigint & 4294967295) - case when $1 = 'transaction' then 1 else 0 end
        """;

    [Test]
    public async Task A_restored_database_is_noticed_under_running_servers_and_loses_no_follower_an_event([Values("transaction", "timeline", "cluster")] string moved)
    {
        await Open();
        var (before, cursor) = await ReadOn(null);
        await Database.Execute(Moved, moved);
        await Desk.Admin.GetAsync($"/v1/events?after={cursor}").Problem(HttpStatusCode.Gone, "cursor-gone");
        await Open();
        await Desk.Admin.GetAsync($"/v1/events?after={cursor}").Problem(HttpStatusCode.Gone, "cursor-gone");
        var (all, next) = await ReadOn(null);
        Assert.That(all.Take(before.Count).Select(item => (long)item["id"]!), Is.EqualTo(before.Select(item => (long)item["id"]!)));
        Assert.That(Types(all.Skip(before.Count)), Does.Contain("ticket.created"));
        Assert.That((await ReadOn(next)).Events, Is.Empty);
        // One that was lost may have had any id soon after those: none is given again.
        Assert.That((long)all[before.Count]["id"]!, Is.GreaterThan((long)before[^1]["id"]! + 1_000_000));
    }

    [Test]
    public async Task A_new_era_is_begun_once_however_many_ask_and_restarts_begin_none()
    {
        await Open();
        await Database.Execute(Moved, "timeline");
        var cursors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FromNowOn()));
        using var restarted = StartAnother();
        await Open();
        foreach (var cursor in cursors) Assert.That(Types((await ReadOn(cursor, "&types=ticket.created", restarted.Admin)).Events), Is.EqualTo(new[] { "ticket.created" }));
    }

    [Test]
    public async Task A_cursor_past_the_newest_event_leads_nowhere()
    {
        for (var times = 0; times < 3; times++) await Open();
        var cursor = (string)(await Page(null, "&limit=3"))["next"]!;
        // The last ids were given within transactions that are lost.
        await Database.Execute("select setval('events_sequence_seq', 1)");
        await Desk.Admin.GetAsync($"/v1/events?after={cursor}").Problem(HttpStatusCode.Gone, "cursor-gone");
    }

    [Test]
    public async Task Maintenance_of_the_table_is_no_restore()
    {
        var cursor = await FromNowOn();
        await Database.Execute("vacuum (full, freeze) feed_era");
        await Open();
        Assert.That(Types((await ReadOn(cursor, "&types=ticket.created")).Events), Is.EqualTo(new[] { "ticket.created" }));
    }
}
