using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Sandbox;

internal sealed class SandboxClockTests : DeskFixture
{
    private Task<HttpResponseMessage> Put(string now) => Desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", $$"""{ "now": "{{now}}" }""");

    private Task<HttpResponseMessage> AdvanceBy(string by) => Desk.Admin.Post("/v1/sandbox/clock/advance", $$"""{ "by": "{{by}}" }""");

    private async Task<string?> Reads() => (string?)(await Desk.Admin.GetAsync("/v1/sandbox/clock").Json())["now"];

    [Test]
    public async Task Elsewhere_there_is_nothing_here()
    {
        using var desk = TestDesk.Start();
        Assert.That((await desk.Admin.GetAsync("/v1/sandbox/clock")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT1H" }""").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public void In_Production_it_refuses_to_start_and_names_the_key()
    {
        var error = Assert.Catch(() =>
        {
            using var desk = TestDesk.Start([("Sandbox:Clock", "true"), ("environment", "Production")], database: Database);
        });
        Assert.That(error!.GetBaseException().Message, Does.Contain("Sandbox:Clock"));
    }

    [Test]
    public void A_database_that_has_been_a_sandbox_is_not_served_at_real_time() => Assert.That(
        () => TestDesk.Start(database: Database),
        Throws.TypeOf<WrongConfiguration>().With.Message.Contains("is a sandbox: start it with Sandbox:Clock=true"));

    [Test]
    public async Task A_sandbox_is_served_as_one_again_and_keeps_its_time()
    {
        using var desk = StartAnother();
        Assert.That((string?)(await desk.Admin.GetAsync("/v1/sandbox/clock").Json())["now"], Is.EqualTo(Monday));
    }

    [Test]
    public async Task Without_a_ticket_the_clock_goes_both_ways_and_with_one_forward_only()
    {
        Assert.That((string?)(await Put("2026-03-05T08:00:00+02:00").Json())["now"], Is.EqualTo("2026-03-05T06:00:00Z"));
        await Put("1969-07-20T20:17:00Z").Json();
        await Put(Monday).Json();
        await Open();
        var problem = await Put("2026-03-02T07:59:59.999999Z").Problem(HttpStatusCode.Conflict, "clock-backward");
        Assert.That((string?)problem["detail"], Does.Contain("forward"));
        await Put(Monday).Json();
        await Put("2026-03-02T08:00:00.000001Z").Json();
        Assert.That(await Reads(), Is.EqualTo("2026-03-02T08:00:00.000001Z"));
    }

    [Test]
    public async Task A_ticket_can_be_made_long_ago()
    {
        await Put("1969-07-20T20:17:00Z").Json();
        await Policy();
        var ticket = await Open();
        await Advance("PT3H");
        Assert.That((string?)(await Read(ticket)).Last("first_response")["promisedAt"], Is.EqualTo("1969-07-21T02:17:00Z"));
    }

    [TestCase("{}", "now")]
    [TestCase("""{ "now": null }""", "now")]
    [TestCase("""{ "now": "soon" }""", "now")]
    [TestCase("""{ "now": "2026-03-02T08:00:00" }""", "now")]
    [TestCase("""{ "now": "2026-03-02T08:00:00Z", "then": 1 }""", "then")]
    public async Task An_instant_that_cannot_be_is_refused(string json, string member) => await Desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", json).Refuses(member);

    [TestCase("""{ "by": "-PT1S" }""", "by")]
    [TestCase("""{ "by": "P3653DT0.000001S" }""", "by")]
    [TestCase("""{ "by": "P1M" }""", "by")]
    [TestCase("""{ "by": 60 }""", "by")]
    [TestCase("{}", "by")]
    [TestCase("""{ "by": "PT1S", "until": 1 }""", "until")]
    public async Task A_way_that_cannot_be_gone_is_refused(string json, string member)
    {
        await Desk.Admin.Post("/v1/sandbox/clock/advance", json).Refuses(member);
        Assert.That(await Reads(), Is.EqualTo(Monday));
    }

    [Test]
    public async Task Time_stands_still_between_advances()
    {
        Assert.That(((string?)(await Open())["createdAt"], (string?)(await Open())["createdAt"], await Reads()), Is.EqualTo((Monday, Monday, Monday)));
    }

    [Test]
    public async Task An_advance_plays_what_falls_due_at_its_instant_in_order_and_tells_it()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""");
        var first = await Open();
        await Now("2026-03-02T08:30:00Z");
        var second = await Open();
        var answer = await AdvanceBy("PT4H").Json();
        Assert.That(answer.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "now", "happened" }));
        Assert.That(answer["now"].Hour(), Is.EqualTo("02 12:30"));
        var happened = answer["happened"]!.AsArray();
        Assert.That(happened.Select(item => string.Join(',', item!.AsObject().Select(member => member.Key))).Distinct(), Is.EqualTo(new[] { "at,what,ticketId,detail" }));
        var (a, b) = ((long)first["id"]!, (long)second["id"]!);
        Assert.That(happened.Select(item => $"{item!["at"]} {item["what"]} {item["ticketId"]}").Where(item => !item.Contains("recovery", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            $"2026-03-02T08:30:00Z delivery {a}", $"2026-03-02T08:30:00Z delivery {b}",
            $"2026-03-02T11:00:00Z follow_up {a}", $"2026-03-02T11:00:00Z delivery {a}",
            $"2026-03-02T11:30:00Z follow_up {b}", $"2026-03-02T11:30:00Z delivery {b}",
            $"2026-03-02T12:00:00.000001Z lapse {a}", $"2026-03-02T12:00:00.000001Z delivery {a}",
        }));
        Assert.That(happened.Select(item => (string?)item!["detail"]), Is.All.Not.Empty);
    }

    [Test]
    public async Task A_promise_lapses_one_microsecond_after_it()
    {
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T12:00:00Z");
        Assert.That(await Advance("PT0S"), Has.None.Contains("lapse").And.Some.Contains("follow_up"), "at the promised instant it can still be followed up");
        await Said(ticket, "agent");
        Assert.That((string?)(await Read(ticket)).Last("first_response")["state"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task Zero_runs_what_is_due_and_once()
    {
        await Policy();
        await Open();
        await Put("2026-03-02T11:00:00Z");
        Assert.That(Mails(), Is.Empty, "PUT plays nothing");
        Assert.That(await Advance("PT0S"), Is.EqualTo(new[] { "2026-03-02T11:00:00Z follow_up", "2026-03-02T11:00:00Z delivery", "2026-03-02T11:00:00Z delivery" }));
        Assert.That(await Advance("PT0S"), Is.Empty);
    }

    [Test]
    public async Task PUT_jumps_without_playing_what_lies_between()
    {
        await Policy();
        var ticket = await Open();
        await Put("2026-03-03T08:00:00Z").Json();
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 open"));
        await Advance("PT0S");
        Assert.That((await Read(ticket)).Last("first_response")["promises"]![0]!["endedAt"].Hour(), Is.EqualTo("03 08:00"));
    }

    [Test]
    public async Task Whoever_moves_the_clock_moves_it_alone()
    {
        await using (await HelpDesk.Sandbox.SandboxClock.TryHold(Database.DataSource, default))
        {
            await AdvanceBy("PT1H").Problem(HttpStatusCode.Conflict, "clock-moving");
            await Put("2026-03-02T09:00:00Z").Problem(HttpStatusCode.Conflict, "clock-moving");
        }

        await AdvanceBy("PT1H").Json();
        Assert.That(await Reads(), Is.EqualTo("2026-03-02T09:00:00Z"));
    }

    [Test]
    public async Task Many_who_move_it_at_once_go_one_after_the_other_or_are_refused()
    {
        await Policy();
        for (var count = 0; count < 3; count++) await Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AdvanceBy("PT1H")));
        var moved = answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Conflict));
        Assert.That(moved, Is.Positive);
        Assert.That(await Reads(), Is.EqualTo($"2026-03-02T{8 + moved:00}:00:00Z"));
    }

    [Test]
    public async Task A_decade_without_a_ticket_is_gone_at_once()
    {
        Assert.That(await Advance("P3653D"), Is.Empty);
        Assert.That(await Reads(), Is.EqualTo("2036-03-02T08:00:00Z"));
    }
}
