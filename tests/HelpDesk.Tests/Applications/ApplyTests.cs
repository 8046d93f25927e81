using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Applications;

internal sealed class ApplyTests : ApplicationFixture
{
    [Test]
    public async Task A_promise_that_moves_earlier_is_told()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Faster);
        var job = await Apply(policy);
        var answer = (await Read(ticket)).Last("first_response");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer["dueAt"].Hour(), answer.Ledger(), (int)answer["policyVersion"]!), Is.EqualTo(("02 10:00", "02 12:00 withdrawn, 02 10:00 open", 2)));
            Assert.That((string?)answer["promises"]![1]!["reason"], Is.EqualTo("policy"));
            Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "promise queued" }));
            Assert.That(await LastText(ticket), Does.Contain("by Monday, 2 March 2026 at 10:00 (UTC); we had said Monday, 2 March 2026 at 12:00 (UTC)"));
            Assert.That(((string?)job["state"], (long)job["counts"]!["remade"]!, (long)job["counts"]!["told"]!), Is.EqualTo(("done", 1L, 1L)));
            Assert.That(((long)job["progress"]!["done"]!, (long)job["progress"]!["total"]!, (string?)job["kind"], (string?)job["createdBy"]), Is.EqualTo((1L, 1L, "policy_application", "admin")));
            Assert.That((int)(await Read(ticket))["policyVersion"]!, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_promise_never_moves_later_and_nothing_is_said()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Slower);
        await Apply(policy);
        var answer = (await Read(ticket)).Last("first_response");
        Assert.That((answer["dueAt"].Hour(), answer["promisedAt"].Hour(), answer.Ledger()), Is.EqualTo(("02 16:00", "02 12:00", "02 12:00 open")));
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_kind_that_is_dropped_is_cancelled_and_one_that_is_added_starts_where_it_would_have()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Now("2026-03-02T09:00:00Z");
        await Change(policy, """{ "terms": { "first_response": null, "resolution": { "target": "PT8H", "hours": "around_the_clock" } } }""");
        var job = await Apply(policy);
        var now = await Read(ticket);
        Assert.That(now.States(), Is.EqualTo(new[] { "first_response cancelled", "resolution running" }));
        Assert.That(((string?)now.Last("first_response")["reason"], now.Last("resolution")["dueAt"].Hour()), Is.EqualTo(("policy", "02 16:00")));
        Assert.That(await LastText(ticket), Does.Contain("- Solution: by Monday, 2 March 2026 at 16:00 (UTC)"));
        Assert.That(((long)job["counts"]!["started"]!, (long)job["counts"]!["cancelled"]!), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task A_clock_stops_where_the_version_stands_still_and_what_was_about_to_be_told_is_taken_back()
    {
        var policy = await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "pausesIn": [] } }""");
        var ticket = await Open();
        await Patch(ticket, """{ "status": "on_hold", "reason": "We wait for a spare part." }""").Json();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "follow_up queued" }));
        await Change(policy, """{ "terms": { "resolution": { "pausesIn": ["on_hold"] } } }""");
        await Apply(policy);
        Assert.That((await Read(ticket)).States(), Is.EqualTo(new[] { "resolution paused" }));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "follow_up withdrawn", "paused queued" }));
        Assert.That(await LastText(ticket), Does.Contain("We wait for a spare part."));
    }

    [Test]
    public async Task Tickets_that_are_over_keep_the_version_they_were_promised_by()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        await Change(policy, Faster);
        var job = await Apply(policy);
        Assert.That(((int)(await Read(ticket))["policyVersion"]!, (long)job["progress"]!["total"]!), Is.EqualTo((1, 0L)));
    }

    [Test]
    public async Task Tickets_keep_their_policy_whatever_the_order_and_the_conditions_are_by_now()
    {
        var policy = await Policy();
        var ticket = await Open();
        var other = await Policy("""{ "first_response": { "target": "PT1H" } }""");
        await Desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", $$"""{ "ids": ["{{other}}", "{{policy}}"] }""");
        await Change(policy, """{ "when": { "queue": ["nobody"] }, "terms": { "first_response": { "target": "PT3H" } } }""");
        await Apply(policy);
        var now = await Read(ticket);
        Assert.That(((string?)now["policyId"], (int)now["policyVersion"]!, now.Last("first_response")["promisedAt"].Hour()), Is.EqualTo((policy, 2, "02 11:00")));
    }

    [Test]
    public async Task A_calendar_is_applied_to_the_tickets_that_count_by_it_and_their_policies_keep_their_versions()
    {
        var policy = await Policy("""{ "first_response": { "target": "PT4H" } }""");
        var ticket = await Open();
        Assert.That(ticket.Last("first_response")["promisedAt"].Hour(), Is.EqualTo("02 13:00"));
        await Change(policy, """{ "terms": { "first_response": { "target": "PT1H" } } }""");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "week": { "mon": [["08:00","17:00"]] } }""", "application/merge-patch+json").Json();
        var job = await Apply(Calendar, "calendars");
        var now = await Read(ticket);
        Assert.That(((int)now["policyVersion"]!, now.Last("first_response").Ledger()), Is.EqualTo((1, "02 13:00 withdrawn, 02 12:00 open")));
        Assert.That(((string?)job["kind"], (long)job["counts"]!["remade"]!, (string?)now.Last("first_response")["promises"]![1]!["reason"]), Is.EqualTo(("calendar_application", 1L, "calendar")));
        Assert.That((long?)(await Apply(Calendar, "calendars"))["counts"]!["changed"], Is.Null);
        await Apply(policy);
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Does.EndWith("02 12:00 withdrawn, 02 09:00 open"));
    }

    [Test]
    public async Task The_version_is_the_one_there_was_when_it_was_asked_for_and_an_older_one_undoes_no_newer()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Slower);
        var older = await Ask(policy);
        await Change(policy, Faster);
        await Step(Desk);
        Assert.That((int)(await Read(ticket))["policyVersion"]!, Is.EqualTo(2));
        await Database.Execute("update long_work set state = 'queued', ended_at = null, last_done = null");
        await Apply(policy);
        Assert.That((int)(await Read(ticket))["policyVersion"]!, Is.EqualTo(3));
        await Database.Execute("update long_work set state = 'queued', ended_at = null, last_done = null where id = $1::uuid", older);
        await Step(Desk);
        Assert.That((int)(await Read(ticket))["policyVersion"]!, Is.EqualTo(3));
    }

    [Test]
    public async Task A_ticket_that_the_new_calendar_cannot_promise_anything_to_is_told_of_and_holds_up_no_other()
    {
        var policy = await Policy("""{ "first_response": { "target": "PT4H" } }""");
        var (stuck, fine) = (await Open(), await Open());
        await Said(fine, "agent");
        var few = (string)(await Desk.Admin.Post("/v1/calendars", """{ "name": "One day", "timeZone": "UTC", "exceptions": { "2026-03-03": [["09:00","17:00"]] } }""").Json(HttpStatusCode.Created))["id"]!;
        await Change(policy, $$"""{ "calendarId": "{{few}}", "terms": { "first_response": { "target": "PT9H" } } }""");
        Assert.That((long)(await DryRun(policy))["counts"]!["failed"]!, Is.EqualTo(1));
        var job = await Apply(policy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)job["state"], (long)job["counts"]!["changed"]!, (long)job["counts"]!["failed"]!), Is.EqualTo(("done", 1L, 1L)));
            Assert.That((long)job["result"]!["failed"]![0]!["ticketId"]!, Is.EqualTo((long)stuck["id"]!));
            Assert.That(((int)(await Read(stuck))["policyVersion"]!, (int)(await Read(fine))["policyVersion"]!), Is.EqualTo((1, 2)));
        }
    }

    [Test]
    public async Task What_is_done_stands_on_the_timeline_as_the_asker_s()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Faster);
        await Desk.Admin.Send(HttpMethod.Post, $"/v1/policies/{policy}/application", """{ "dryRun": false }""", headers: ("X-Request-Id", "asked-1"));
        await Step(Desk);
        var log = (await Desk.Admin.GetAsync("/v1/audit?requestId=asked-1&limit=200").Json())["items"]!.AsArray().Reverse().ToList();
        Assert.That(log.Select(item => (string?)item!["type"]),
            Is.EqualTo(new[] { "job.queued", "policy.applied", "job.ended", "commitment.retargeted", "promise.withdrawn", "promise.made" }));
        Assert.That(log.Select(item => (string?)item!["actor"]), Is.All.EqualTo("admin"));
        var changes = log[1]!["data"]!["changes"]!;
        Assert.That(((int)changes["policyVersion"]!["from"]!, (int)changes["policyVersion"]!["to"]!, changes.AsObject().Count), Is.EqualTo((1, 2, 1)));
        Assert.That((long)log[1]!["ticketId"]!, Is.EqualTo((long)ticket["id"]!));
    }

    [Test]
    public async Task An_advance_of_the_sandbox_s_clock_does_what_was_asked_for_before_time_moves()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Faster);
        var job = await Ask(policy);
        Assert.That(await Advance("PT0S"), Does.Contain("2026-03-02T08:00:00Z job"));
        Assert.That(((string?)(await Job(job))["state"], (await Read(ticket)).Last("first_response")["promisedAt"].Hour()), Is.EqualTo(("done", "02 10:00")));
    }

    [Test]
    public async Task Asked_for_twice_with_one_key_it_is_one_job()
    {
        var policy = await Policy();
        Task<HttpResponseMessage> Post() => Desk.Admin.Send(HttpMethod.Post, $"/v1/policies/{policy}/application", """{ "dryRun": false }""", headers: ("Idempotency-Key", $"apply-{policy}"));
        var (first, second) = (await Post(), await Post());
        Assert.That((first.StatusCode, first.Headers.Location), Is.EqualTo((HttpStatusCode.Accepted, second.Headers.Location)));
        Assert.That((string?)(await first.Json(HttpStatusCode.Accepted))["id"], Is.EqualTo((string?)(await second.Json(HttpStatusCode.Accepted))["id"]));
        Assert.That($"{first.Headers.Location}", Is.EqualTo($"/v1/jobs/{(await first.Json(HttpStatusCode.Accepted))["id"]}"));
        Assert.That(await Database.Ask<long>("select count(*) from long_work"), Is.EqualTo(1));
    }
}
