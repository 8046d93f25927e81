using System.Runtime.CompilerServices;
using HelpDesk.Events;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Events;

/// <summary>The log itself: how it is read, and that what is written in it stays.</summary>
internal sealed class AuditLogTests : DeskFixture
{
    private const string Audit = "/v1/audit";

    [Test]
    public async Task The_log_is_walked_page_by_page_the_newest_first()
    {
        await Policy();
        for (var count = 0; count < 3; count++) await Open();
        var all = await Database.Ask<long[]>("select array_agg(sequence order by at desc, sequence desc) from events");
        var seen = new List<long>();
        for (string? next = $"{Audit}?limit=4"; next is not null;)
        {
            var page = await Desk.Admin.GetAsync(next).Json();
            seen.AddRange(page["items"]!.AsArray().Select(item => (long)item!["sequence"]!));
            next = page["nextCursor"] is { } cursor ? $"{Audit}?limit=4&cursor={cursor}" : null;
        }

        Assert.That(seen, Is.EqualTo(all));
    }

    [TestCase("actor=admin", "sandbox.clock_set,calendar.created,policy.created")]
    [TestCase("actor=desk", "")]
    [TestCase("type=calendar.created,policy.created", "calendar.created,policy.created")]
    [TestCase("from=2026-03-02T08:00:00Z", "sandbox.clock_set,calendar.created,policy.created")]
    [TestCase("from=2026-03-02T08:00:00.000001Z", "")]
    [TestCase("to=2026-03-02T08:00:00Z", "")]
    [TestCase("to=2026-03-02T08:00:00.000001Z&type=policy.created", "policy.created")]
    [TestCase("ticket=1", "")]
    [TestCase("requestId=none", "")]
    public async Task The_log_is_filtered(string query, string types)
    {
        await Policy();
        var found = (await Desk.Admin.GetAsync($"{Audit}?{query}").Json())["items"]!.AsArray().Select(item => (string)item!["type"]!);
        Assert.That(found.Reverse(), Is.EqualTo(types.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task A_ticket_s_part_of_the_log_is_its_timeline()
    {
        await Policy();
        var ticket = await Open();
        await Open();
        var log = (await Desk.Admin.GetAsync($"{Audit}?ticket={ticket["id"]}").Json())["items"]!.AsArray().Select(item => (long)item!["sequence"]!);
        Assert.That(log.Reverse(), Is.EqualTo((await Read(ticket, "/timeline"))["items"]!.AsArray().Select(item => (long)item!["sequence"]!)));
    }

    [TestCase("type=nothing.happened", "type")]
    [TestCase("ticket=one", "ticket")]
    [TestCase("ticket=-1", "ticket")]
    [TestCase("from=yesterday", "from")]
    [TestCase("to=2026-03-02", "to")]
    [TestCase("actors=admin", "actors")]
    [TestCase("cursor=x", "cursor")]
    public async Task A_filter_that_cannot_be_is_refused(string query, string member) => await Desk.Admin.GetAsync($"{Audit}?{query}").Refuses(member);

    [TestCase("update events set actor = 'nobody'")]
    [TestCase("update events set data = '{}'")]
    [TestCase("delete from events")]
    [TestCase("truncate events")]
    [TestCase("select set_config('helpdesk.erasing', 'on', true); update events set actor = 'nobody'")]
    [TestCase("select set_config('helpdesk.erasing', 'on', true); update events set at = at - interval '1 day'")]
    [TestCase("select set_config('helpdesk.erasing', 'on', true); delete from events")]
    public void What_is_written_stays_written(string sql) =>
        Assert.That(() => Database.Execute(sql), Throws.InstanceOf<Npgsql.PostgresException>().With.Message.Contains("append-only"));

    [Test]
    public async Task What_an_event_says_may_be_erased_by_who_says_so()
    {
        await Database.Execute("select set_config('helpdesk.erasing', 'on', true); update events set data = jsonb_set(data, '{changes}', '{}') where data ? 'changes'");
        Assert.That(await Database.Ask<long>("select count(*) filter (where data -> 'changes' <> '{}') from events where data ? 'changes'"), Is.Zero);
        Assert.That(() => Database.Execute("update events set data = '{}'"), Throws.InstanceOf<Npgsql.PostgresException>(), "for that transaction alone");
    }

    [Test]
    public void Every_type_is_documented()
    {
        var table = File.ReadLines(Document()).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.That(table, Is.EqualTo(EventTypes.All.Select(type => $"| `{type.Key}` | {type.Value} |")));
    }

    private static string Document([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "audit.md");
}
