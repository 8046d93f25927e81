using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Escalation;

/// <summary>The ladder of a term, done for real. Tickets are opened on Monday at 8:00 and promised for 12:00.</summary>
internal sealed class LadderTests : EscalationFixture
{
    private async Task<JsonNode> Answer(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    [Test]
    public async Task A_step_at_a_percentage_of_the_target_notifies_the_assignee_once_and_stands_on_the_timeline()
    {
        await Ladder(Notify("50%", "assignee"));
        var ticket = await OpenAssigned();
        Assert.That(await Advance("PT1H59M59S"), Has.None.Contains("ladder"));
        Assert.That(await Advance("PT1M"), Is.EqualTo(new[] { "2026-03-02T10:00:00Z ladder", "2026-03-02T10:00:30Z delivery" }), "a mail gathers for half a minute");
        var climbed = (await Timeline(ticket, "ladder.climbed")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)climbed["actor"], (int?)climbed["data"]!["step"], (string?)climbed["data"]!["do"], (string?)climbed["data"]!["to"]), Is.EqualTo(("desk", 1, "notify", "assignee")));
            Assert.That((string?)(await Timeline(ticket, "people.called")).Single()["data"]!["people"]![0], Is.EqualTo(Anna));
            Assert.That((await Read(ticket, "/explanation"))["commitments"]![0]!["steps"]!.AsArray().Select(step => (string?)step!["what"]), Has.One.EqualTo("ladder_climbed"));
            Assert.That(Told(), Is.EqualTo(new[] { "\"Anna\" <anna@desk.example>" }).Or.EqualTo(new[] { "Anna <anna@desk.example>" }));
            Assert.That(NoticeMails()[0].Text, Does.Contain($"#{ticket["id"]} Printer on fire (Ada). First answer: promised by Monday, 2 March 2026 at 12:00 (UTC). It is still owed"));
        }

        await Advance("P30D");
        Assert.That(await Notices(), Has.One.EqualTo("Anna coming_up"));
    }

    [Test]
    public async Task An_offset_counts_from_the_promise_or_from_the_lapse()
    {
        await Ladder($"{Notify("-PT30M", "assignee")}, {Notify("PT0S", "lead", "lapse")}, {Notify("PT1H", "queue", "lapse")}");
        await OpenAssigned();
        Assert.That((await Advance("PT6H")).Where(item => item.EndsWith("ladder", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "2026-03-02T11:30:00Z ladder", "2026-03-02T12:00:00.000001Z ladder", "2026-03-02T13:00:00Z ladder" }));
        Assert.That((await Notices()).Order(), Is.EqualTo(new[]
        {
            // Without renewals she is put off at 11:00 and given up at 12:00, which calls people in by itself.
            "Anna coming_up", "Anna given_up", "Anna lapsed", "Anna put_off", "Lea given_up", "Lea lapsed", "Lea put_off", "Veli lapsed",
        }));
    }

    [Test]
    public async Task The_queue_is_its_active_agents_and_the_lead_is_the_queue_s()
    {
        await Ladder($"{Notify("25%", "queue")}, {Notify("50%", "lead")}");
        await OpenAssigned();
        await Advance("PT2H1M");
        Assert.That(await Notices(), Is.EqualTo(new[] { "Anna coming_up", "Veli coming_up", "Lea coming_up" }));
    }

    [Test]
    public async Task An_address_an_agent_and_a_webhook_are_notified()
    {
        await Ladder($"{Notify("25%", "Pager@Example.org")}, {Notify("25%", Veli)}, {Notify("25%", "https://hooks.example.org/x")}");
        await OpenAssigned();
        await Advance("PT1H1M");
        Assert.That(await Notices(), Is.EqualTo(new[] { "Veli coming_up", "https://hooks.example.org/x coming_up", "pager@example.org coming_up" }));
        Assert.That(await Database.Ask<string[]>("select array_agg(channel || ' ' || recipient order by recipient collate \"C\") from deliveries where kind = 'notice'"),
            Is.EqualTo(new[] { "webhook https://hooks.example.org/x", "email pager@example.org", "email veli@desk.example" }));
        var mail = NoticeMails().Single(mail => mail["To"].Contains("veli", StringComparison.Ordinal));
        Assert.That(mail.Text, Does.Contain("Hei Veli,").And.Contain("luvattu viimeistään").And.Contain("14.00 (Europe/Helsinki)"), "in her language and zone");
    }

    [Test]
    public async Task Raising_the_priority_chooses_the_policy_again_and_tells_the_customer_what_moved()
    {
        await Policy(
            """{ "resolution": { "target": "PT2H", "hours": "around_the_clock" } }""", "\"when\": { \"priority\": [\"high\"] }");
        await Policy("""{ "resolution": { "target": "PT8H", "hours": "around_the_clock", "ladder": [{ "at": "10%", "do": "raise_priority" }] } }""");
        var ticket = await Open();
        await Advance("PT1H");
        var read = await Read(ticket);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)read["priority"], read.Last("resolution")["promisedAt"].Hour(), read.Last("resolution").Ledger()), Is.EqualTo(("high", "02 10:00", "02 16:00 withdrawn, 02 10:00 open")));
            var updated = (await Timeline(ticket, "ticket.updated")).Single();
            var change = updated["data"]!["changes"]!["priority"]!;
            Assert.That(((string?)updated["actor"], (string?)change["from"], (string?)change["to"]), Is.EqualTo(("desk", "normal", "high")));
            Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "promise sent" }));
            Assert.That((string?)(await Timeline(ticket, "ladder.climbed")).Single()["data"]!["do"], Is.EqualTo("raise_priority"));
        }
    }

    [Test]
    public async Task Urgent_stays_urgent()
    {
        await Ladder("""{ "at": "25%", "do": "raise_priority" }, { "at": "30%", "do": "raise_priority" }""");
        var ticket = await Open("\"priority\": \"high\"");
        await Advance("PT2H");
        Assert.That((string?)(await Read(ticket))["priority"], Is.EqualTo("urgent"));
        Assert.That(await Timeline(ticket, "ticket.updated"), Has.Count.EqualTo(1));
        Assert.That(await Timeline(ticket, "ladder.climbed"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_step_at_the_instant_of_the_follow_up_does_not_tell_the_follow_up_twice()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "ladder": [{ "at": "75%", "do": "raise_priority" }], "byPriority": { "high": { "target": "PT3H30M" } } } }""");
        var ticket = await Open();
        await Advance("PT3H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent" }));
        Assert.That(((await Answer(ticket)).Ledger(), (await Answer(ticket))["dueAt"].Hour()), Is.EqualTo(("02 12:00 renewed, 02 14:00 open", "02 11:30")));
    }

    [Test]
    public async Task Reassigning_gives_the_ticket_to_the_agent_opens_it_and_tells_her()
    {
        await Ladder($$"""{ "at": "25%", "do": "reassign", "to": "{{Veli}}" }, { "at": "50%", "do": "reassign", "to": "lead" }, {{Notify("60%", "assignee")}}""");
        var ticket = await Open("\"queue\": \"billing\"");
        await Advance("PT3H");
        var read = await Read(ticket);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)read["assignee"], (string?)read["status"]), Is.EqualTo((Lea, "open")), "taking a new ticket opens it");
            Assert.That((await Timeline(ticket, "ticket.updated")).Select(item => $"{item["actor"]} {item["data"]!["changes"]!["assignee"]!["to"]}"), Is.EqualTo(new[] { $"desk {Veli}", $"desk {Lea}" }));
            Assert.That((await Notices()).Take(3), Is.EqualTo(new[] { "Veli assigned", "Lea assigned", "Lea coming_up" }));
        }
    }

    [Test]
    public async Task A_reassignment_to_an_agent_who_has_left_goes_to_the_lead()
    {
        await Ladder($$"""{ "at": "25%", "do": "reassign", "to": "{{Veli}}" }""");
        var ticket = await OpenAssigned();
        await Deactivate(Veli);
        await Advance("PT1H1M");
        Assert.That((string?)(await Read(ticket))["assignee"], Is.EqualTo(Lea));
    }

    [Test]
    public async Task Where_the_assignee_is_nobody_s_agent_the_leads_are_told_and_where_there_are_none_the_administrators()
    {
        await Ladder(Notify("25%", "assignee"));
        await OpenAssigned("somebody");
        await Open("\"queue\": \"sales\"");
        await OpenAssigned();
        await Deactivate(Anna);
        await Advance("PT1H1M");
        Assert.That(await Notices(), Is.EqualTo(new[] { "Lea coming_up", "Lea coming_up", "Lea coming_up" }), "Lea leads billing, and all queues that have no lead");
        await Deactivate(Lea);
        await Open("\"queue\": \"sales\"");
        await Advance("PT1H1M");
        Assert.That((await Notices())[^1], Is.EqualTo("Otto coming_up"));
    }

    [Test]
    public async Task Where_there_is_nobody_that_is_recorded_and_noted()
    {
        await Database.Execute("update agents set active = false");
        await Ladder($"{Notify("25%", "lead")}, {{ \"at\": \"30%\", \"do\": \"reassign\", \"to\": \"lead\" }}");
        var ticket = await Open();
        await Advance("PT2H");
        Assert.That((await Timeline(ticket, "ladder.climbed")).Select(item => (string?)item["data"]!["reason"]), Is.EqualTo(new[] { "nobody", "nobody" }));
        Assert.That(await Notes(ticket), Is.EqualTo(new[]
        {
            "Step 1 of the ladder of the first response was to notify lead, and there is nobody to notify.",
            "Step 2 of the ladder of the first response was to give the ticket to lead, and there is no such active agent.",
        }));
        Assert.That(await Notices(), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_climbed_while_paused_after_an_answer_or_on_a_merged_ticket_s_withdrawn_promise()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "ladder": [{ "at": "50%", "do": "notify", "to": "lead" }] } }""");
        var waiting = await OpenAssigned();
        var done = await OpenAssigned();
        await Patch(waiting, """{ "status": "on_hold" }""");
        await Patch(done, """{ "status": "resolved" }""");
        Assert.That(await Advance("P2D"), Has.None.Contains("ladder"));
        await Patch(waiting, """{ "status": "open" }""");
        Assert.That(await Advance("PT2H"), Has.One.Contains("2026-03-04T10:00:00Z ladder"), "the time used before the pause stays used");
    }

    [Test]
    public async Task After_downtime_each_missed_step_is_taken_once_in_order()
    {
        await Ladder($"{Notify("25%", "assignee")}, {Notify("50%", "queue")}, {Notify("PT1H", "lead", "lapse")}");
        var ticket = await OpenAssigned();
        await Now("2026-03-02T20:00:00Z");
        await Advance("PT1M");
        Assert.That((await Timeline(ticket, "ladder.climbed")).Select(item => (int?)item["data"]!["step"]), Is.EqualTo(new[] { 1, 2, 3 }));
        await Advance("P2D");
        Assert.That(await Timeline(ticket, "ladder.climbed"), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_rehearsal_plays_the_ladder_and_its_follow_ups_stay_as_they_were()
    {
        const string Events = """[{ "at": "2026-03-02T08:00:00Z", "type": "created" }]""";
        string Script(string ladder) => $$"""
            { "calendar": { "timeZone": "UTC", "week": { "mon": [["08:00","16:00"]] } }, "asOf": "2026-03-02T12:00:00Z", "follow": true, "events": {{Events}},
              "policy": { "terms": { "first_response": { "target": "PT4H"{{ladder}} } } } }
            """;
        var climbed = await Desk.Admin.Post("/v1/policies/rehearsal", Script(", \"ladder\": [{ \"at\": \"50%\", \"do\": \"notify\", \"to\": \"lead\" }]")).Json();
        var plain = await Desk.Admin.Post("/v1/policies/rehearsal", Script("")).Json();
        Assert.That(climbed["followUps"]!.ToJsonString(), Is.EqualTo(plain["followUps"]!.ToJsonString()));
        Assert.That(climbed["explanation"]!["commitments"]![0]!["steps"]!.AsArray().Select(step => (string?)step!["what"]), Has.One.EqualTo("ladder_climbed"));
        Assert.That(plain["explanation"]!.ToJsonString(), Does.Not.Contain("ladder"));
    }

    [TestCase("notify", "nobody", "must be assignee, queue, lead, an e-mail address, the id of an agent, or an absolute https or http address")]
    [TestCase("notify", "ftp://example.org/x", "must be assignee, queue, lead, an e-mail address, the id of an agent, or an absolute https or http address")]
    [TestCase("notify", "/hook", "must be assignee, queue, lead, an e-mail address, the id of an agent, or an absolute https or http address")]
    [TestCase("reassign", "queue", "must be lead, or the id of an agent")]
    [TestCase("reassign", "anna@desk.example", "must be lead, or the id of an agent")]
    [TestCase("raise_priority", "assignee", "must be left out: raise_priority is for nobody")]
    public async Task Whom_a_step_cannot_be_for_is_refused_when_the_policy_is_saved(string act, string to, string rule)
    {
        var terms = $$"""{ "first_response": { "target": "PT4H", "ladder": [{ "at": "50%", "do": "notify", "to": "lead" }, { "at": "75%", "do": "{{act}}", "to": "{{to}}" }] } }""";
        Assert.That(await Desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {{terms}} }""").Refuses("terms.first_response.ladder[1].to"), Is.EqualTo(rule));
        var script = $$"""{ "calendar": { "timeZone": "UTC", "week": { "mon": [["08:00","16:00"]] } }, "policy": { "terms": {{terms}} }, "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }] }""";
        Assert.That(await Desk.Admin.Post("/v1/policies/rehearsal", script).Refuses("policy.terms.first_response.ladder[1].to"), Is.EqualTo(rule));
    }

    [TestCase("notify")]
    [TestCase("reassign")]
    public async Task An_agent_who_is_named_must_be_there_and_active_and_may_leave_later(string act)
    {
        string Terms(string agent) => $$"""{ "first_response": { "target": "PT4H", "ladder": [{ "at": "75%", "do": "{{act}}", "to": "{{agent}}" }] } }""";
        var problem = await Desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {{Terms("0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f")}} }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
        Assert.That((string?)problem["errors"]!["terms.first_response.ladder[0].to"]![0], Is.EqualTo("must be the id of an active agent"));
        var policy = await Policy(Terms(Veli));
        await Desk.Admin.DeleteAsync($"/v1/agents/{Veli}").Problem(HttpStatusCode.Conflict, "agent-in-use");
        await Deactivate(Veli);
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "remedy": "Cake" }""", "application/merge-patch+json").Json();
        await Desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {{Terms(Veli)}} }""").Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
    }
}
