using System.Text.Json.Nodes;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Escalation;

/// <summary>How people of the desk are told: in working hours, and all that is due for one in one mail.</summary>
internal sealed class NoticeTests : EscalationFixture
{
    private static readonly Instant Lapse = Instant.FromUtc(2026, 3, 2, 12, 0) + Duration.FromTicks(10);

    private TestDesk other = null!;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Desk:TicketUrl", "https://console.example.org/t/{id}")];

    [OneTimeSetUp]
    public void Start_another_server() => other = StartAnother();

    [OneTimeTearDown]
    public void Stop_the_other_server() => other.Dispose();

    private async Task<IReadOnlyList<JsonNode>> OpenMany(int count)
    {
        var tickets = new List<JsonNode>();
        foreach (var some in Enumerable.Range(0, count).Chunk(8)) tickets.AddRange(await Task.WhenAll(some.Select(_ => OpenAssigned())));
        return tickets;
    }

    private static async Task SweepOut(TestDesk desk, Instant at)
    {
        while (await desk.Services.GetRequiredService<SweepDue>().RunOnce(at, default) > 0)
        {
        }
    }

    [Test]
    public async Task Fifty_lapses_at_one_instant_are_one_mail_per_person()
    {
        await Ladder($"{Notify("PT0S", "assignee", "lapse")}, {Notify("PT0S", "lead", "lapse")}", "\"maxRenewals\": 100, \"lead\": \"PT0.000001S\"");
        await OpenMany(50);
        await Now("2026-03-02T12:00:00.000001Z");
        await Advance("PT1M");
        Assert.That(Told(), Has.Count.EqualTo(2));
        Assert.That(NoticeMails().Select(mail => mail["Subject"]), Is.All.EqualTo("50 promises need you"));
        Assert.That(NoticeMails()[0].Text.Split("\n- #"), Has.Length.EqualTo(51));
        Assert.That(NoticeMails()[0].Text, Does.Contain("https://console.example.org/t/"));
    }

    [Test]
    public async Task A_hundred_are_listed_and_the_rest_are_counted()
    {
        await Ladder(Notify("25%", "assignee"));
        await OpenMany(103);
        await Advance("PT1H1M");
        Assert.That(NoticeMails().Single()["Subject"], Is.EqualTo("103 promises need you"));
        Assert.That(NoticeMails()[0].Text.Split("\n- #"), Has.Length.EqualTo(101));
        Assert.That(NoticeMails()[0].Text, Does.Contain("And 3 more."));
        Assert.That(await Database.Ask<long>("select count(*) from notices where delivery_id is null"), Is.Zero);
    }

    [Test]
    public async Task What_comes_up_outside_working_hours_waits_for_the_opening()
    {
        // Eight hours end at 17:00, which is closed already.
        await Policy($$"""{ "first_response": { "target": "PT8H", "ladder": [{{Notify("100%", "assignee")}}, {{Notify("PT0S", "lead", "lapse")}}] } }""");
        await OpenAssigned();
        await Now("2026-03-02T20:00:00Z");
        Assert.That((await Advance("PT13H30M")).Where(item => item.Contains("ladder", StringComparison.Ordinal)), Is.EqualTo(new[] { "2026-03-02T20:00:00Z ladder", "2026-03-02T20:00:00Z ladder" }));
        Assert.That(await Database.Ask<DateTime[]>("select array_agg(distinct due_at) from notices"), Is.EqualTo(new[] { new DateTime(2026, 3, 3, 9, 0, 0, DateTimeKind.Utc) }));
        Assert.That(Directory.EnumerateFiles(Folder, "*notice*").Select(path => Path.GetFileName(path)[..15]), Is.EqualTo(new[] { "20260303T090030", "20260303T090030" }));
    }

    [Test]
    public async Task Around_the_clock_people_are_called_at_once()
    {
        await Ladder(Notify("100%", "assignee"), "\"maxRenewals\": 100, \"cushion\": \"PT20H\"");
        await Now("2026-03-02T22:00:00Z");
        await OpenAssigned();
        Assert.That((await Advance("PT5H"))[^1], Is.EqualTo("2026-03-03T02:00:30Z delivery"));
    }

    [Test]
    public async Task What_was_done_before_the_mail_left_is_not_told_any_more()
    {
        await Ladder(Notify("25%", "assignee"));
        var (done, owed) = (await OpenAssigned(), await OpenAssigned());
        await Advance("PT1H");
        await Said(done, "agent");
        await Advance("PT1M");
        Assert.That(NoticeMails().Single().Text, Does.Contain($"#{owed["id"]} ").And.Not.Contain($"#{done["id"]} "));
        Assert.That(await Database.Ask<long>("select count(*) from notices where dropped_at is not null and delivery_id is null"), Is.EqualTo(1));
        await Advance("P1D");
        Assert.That(NoticeMails(), Has.Count.EqualTo(5), "the cap called her and the lead in later, before and after the lapse, for what is owed");
    }

    [Test]
    public async Task An_agent_who_was_deactivated_meanwhile_gets_nothing()
    {
        await Ladder(Notify("25%", "assignee"));
        await OpenAssigned();
        await Advance("PT1H");
        await Deactivate(Anna);
        await Advance("PT1M");
        Assert.That((NoticeMails().Count, await Database.Ask<long>("select count(*) from notices where dropped_at is not null")), Is.EqualTo((0, 1L)));
    }

    [Test]
    public async Task A_notice_starts_and_fulfils_nothing()
    {
        await Ladder(Notify("25%", "assignee"));
        var ticket = await OpenAssigned();
        await Advance("PT1H");
        var before = (await Get(ticket)).Headers.ETag;
        await Advance("PT1M");
        Assert.That((await Get(ticket)).Headers.ETag, Is.EqualTo(before));
        Assert.That(NoticeMails().Single()["Auto-Submitted"], Is.EqualTo("auto-generated"));
    }

    [Test]
    public async Task Two_servers_racing_on_one_ladder_take_each_step_once_and_make_one_digest()
    {
        await Ladder($"{Notify("PT0S", "assignee", "lapse")}, {Notify("PT0S", "queue", "lapse")}", "\"maxRenewals\": 100, \"lead\": \"PT0.000001S\"");
        await OpenMany(120);
        await Now("2026-03-02T12:00:00.000001Z");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => SweepOut(number % 2 == 0 ? Desk : other, Lapse))));
        await SweepOut(Desk, Lapse);
        Assert.That(await Database.Ask<long>("select count(*) from events where type = 'ladder.climbed'"), Is.EqualTo(240));
        Assert.That(await Notices(), Has.Count.EqualTo(240), "the assignee and her colleague, for each promise; what two steps ask of her is asked once");
        await Now("2026-03-02T12:01:00Z");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => SendOut(number % 2 == 0 ? Desk : other))));
        await SendOut();
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where kind = 'notice'"), Is.EqualTo(2));
        Assert.That(await Database.Ask<long>("select count(*) from notices where delivery_id is null"), Is.Zero);
    }

    [Test]
    public async Task A_sweep_that_is_cut_off_loses_nothing_and_tells_nothing_twice()
    {
        await Ladder(Notify("25%", "assignee"));
        var ticket = await OpenAssigned();
        await Advance("PT59M");
        await Now("2026-03-02T09:00:00Z");
        // PostgreSQL is shut down before the sweep commits: the last statement of its batch fails, and all of it is undone.
        await Database.Execute("create function stop() returns trigger language plpgsql as 'begin raise exception ''cut off'' using errcode = ''57P01''; end'; create trigger stop before insert on notices for each row execute function stop()");
        try
        {
            Assert.That(Sweep, Throws.Exception);
        }
        finally
        {
            await Database.Execute("drop trigger stop on notices; drop function stop()");
        }

        Assert.That((await Timeline(ticket, "ladder.climbed"), await Database.Ask<long>("select count(*) from promises where climbed <> 0")), Is.EqualTo((Array.Empty<JsonNode>(), 0L)));
        await Advance("PT1M");
        Assert.That((await Notices(), NoticeMails().Count), Is.EqualTo((new[] { "Anna coming_up" }, 1)));
    }

    [Test]
    public async Task A_digest_that_is_cut_off_is_made_again()
    {
        await Ladder(Notify("25%", "assignee"));
        await OpenAssigned();
        await Advance("PT1H");
        await Now("2026-03-02T09:00:30Z");
        await Database.Execute("create function stop() returns trigger language plpgsql as 'begin raise exception ''cut off''; end'; create trigger stop before update on notices for each row execute function stop()");
        try
        {
            Assert.That(() => SendOut(), Throws.Exception);
        }
        finally
        {
            await Database.Execute("drop trigger stop on notices; drop function stop()");
        }

        Assert.That(await Database.Ask<long>("select count(*) from deliveries where kind = 'notice'"), Is.Zero);
        await Advance("PT1S");
        Assert.That(NoticeMails(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Erasing_a_customer_leaves_nothing_of_hers_in_what_agents_were_mailed()
    {
        await Ladder(Notify("25%", "assignee"));
        var ada = await OpenAssigned();
        await Open($"\"queue\": \"billing\", \"assignee\": \"{Anna}\"", """{ "email": "grace@example.org", "name": "Grace" }""");
        await Advance("PT1H");
        await Now("2026-03-02T09:00:30Z");
        await SendOut();
        await Desk.Admin.DeleteAsync($"/v1/customers/{ada["requesterId"]}");
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where kind = 'notice' and text_body || html_body || subject like '%Ada%'"), Is.Zero);
        await Advance("PT1M");
        Assert.That(NoticeMails().Single().Text, Does.Contain("(Grace)").And.Not.Contain("(Ada)"), "the other's is told in a mail of its own");
    }

    [TestCase("Notices:Gather", "soon", "must be an ISO 8601 duration from PT0S to PT1H")]
    [TestCase("Notices:Gather", "PT2H", "must be an ISO 8601 duration from PT0S to PT1H")]
    [TestCase("Desk:TicketUrl", "https://console.example.org/t", "with {id} in it")]
    [TestCase("Desk:TicketUrl", "/t/{id}", "must be an absolute http or https address")]
    public void A_setting_that_cannot_be_stops_the_start(string key, string value, string rule) =>
        Assert.That(() => TestDesk.Start([(key, value)], database: Database), Throws.TypeOf<WrongConfiguration>().With.Message.Contains(key).And.Message.Contains(rule));
}
