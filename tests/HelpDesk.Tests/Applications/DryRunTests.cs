using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Applications;

internal sealed class DryRunTests : ApplicationFixture
{
    private static readonly string[] Counts = ["changed", "retargeted", "remade", "started", "cancelled", "paused", "resumed", "failed"];

    [Test]
    public async Task A_dry_run_tells_what_would_move_and_changes_nothing()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Change(policy, Faster);
        var before = await Database.Ask<string>("select string_agg(t::text, '') from (select * from tickets) t");
        var report = await DryRun(policy);
        var item = report["items"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((long)item["ticketId"]!, (string?)item["commitmentId"], (string?)item["kind"], (int)item["cycle"]!, (string?)item["what"]),
                Is.EqualTo(((long)ticket["id"]!, (string?)ticket.Last("first_response")["id"], "first_response", 1, "retargeted")));
            Assert.That((item["oldDueAt"].Hour(), item["newDueAt"].Hour(), item["oldPromisedAt"].Hour(), item["newPromisedAt"].Hour(), (bool)item["remade"]!),
                Is.EqualTo(("02 12:00", "02 10:00", "02 12:00", "02 10:00", true)));
            Assert.That(((long)report["tickets"]!, (long)report["lookedAt"]!, (bool)report["complete"]!, (long)report["counts"]!["changed"]!, report["nextCursor"]),
                Is.EqualTo((1L, 1L, true, 1L, (JsonNode?)null)));
            Assert.That(((string?)report["applies"]!["policyId"], (int)report["applies"]!["policyVersion"]!), Is.EqualTo((policy, 2)));
            Assert.That(await Database.Ask<string>("select string_agg(t::text, '') from (select * from tickets) t"), Is.EqualTo(before));
            Assert.That(await Database.Ask<long>("select count(*) from long_work"), Is.Zero);
        }
    }

    [Test]
    public async Task What_moves_later_leaves_the_promise_where_it_is()
    {
        var policy = await Policy();
        await Open();
        await Change(policy, Slower);
        var item = (await DryRun(policy))["items"]![0]!;
        Assert.That((item["newDueAt"].Hour(), item["newPromisedAt"].Hour(), (bool)item["remade"]!), Is.EqualTo(("02 16:00", "02 12:00", false)));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public async Task What_a_dry_run_tells_is_what_applying_then_does(int seed)
    {
        var desk = new RandomDesk(seed, Desk.Admin);
        var policy = await Policy(desk.FirstTerms());
        await desk.Live(tickets: 16, rounds: 4, happenings: 16);
        await Change(policy, $$"""{ "terms": {{desk.Terms()}} }""");
        var before = await desk.Commitments();
        var report = await DryRun(policy, """, "limit": 1000 """);
        var job = await Apply(policy);
        var after = await desk.Commitments();
        var told = report["items"]!.AsArray().Select(item => Told(item!)).OfType<string>().Order().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)job["state"], Is.EqualTo("done"), job.ToJsonString());
            Assert.That(told, Is.EqualTo(Differences(before, after).Order()).And.Not.Empty);
            foreach (var count in Counts) Assert.That((long?)job["counts"]![count] ?? 0, Is.EqualTo((long)report["counts"]![count]!), count);
            foreach (var (id, (_, old)) in before) NeverLater(old, after[id].Commitment);
        }

        var log = await Database.Ask<long>("select count(*) from events where ticket_id is not null");
        Assert.That((long?)(await Apply(policy))["counts"]!["changed"] ?? 0, Is.Zero, "twice is once");
        Assert.That(await Database.Ask<long>("select count(*) from events where ticket_id is not null"), Is.EqualTo(log));
        Assert.That((long)(await DryRun(policy))["counts"]!["changed"]!, Is.Zero);
    }

    /// <summary>What can be seen from outside; of a paused clock only its remainder may move.</summary>
    private static string? Told(JsonNode item)
    {
        if ((string?)item["what"] == "retargeted" && $"{item["oldDueAt"]}{item["oldPromisedAt"]}" == $"{item["newDueAt"]}{item["newPromisedAt"]}") return null;
        return $"{item["ticketId"]} {item["kind"]} {item["cycle"]} {item["what"]} {item["newDueAt"]} {item["newPromisedAt"]}";
    }

    private static IEnumerable<string> Differences(Dictionary<string, (long Ticket, JsonNode Commitment)> before, Dictionary<string, (long Ticket, JsonNode Commitment)> after)
    {
        foreach (var (id, (ticket, now)) in after)
        {
            var old = before.TryGetValue(id, out var known) ? known.Commitment : null;
            var (was, state) = ((string?)old?["state"], (string?)now["state"]);
            var what = old is null ? "started"
                : was != state ? state switch { "paused" => "paused", "cancelled" => "cancelled", _ => "resumed" }
                : $"{old["dueAt"]}{old["promisedAt"]}" != $"{now["dueAt"]}{now["promisedAt"]}" ? "retargeted" : null;
            if (what is null) continue;
            var isOver = state is "cancelled";
            yield return $"{ticket} {now["kind"]} {now["cycle"]} {what} {(isOver ? null : now["dueAt"])} {(isOver ? null : now["promisedAt"])}";
        }
    }

    private static void NeverLater(JsonNode old, JsonNode now)
    {
        if ((string?)old["promisedAt"] is not { } told || (string?)now["promisedAt"] is not { } promised || (string?)now["state"] == "cancelled") return;
        Assert.That(Noda(promised), Is.LessThanOrEqualTo(Noda(told)), $"{old["kind"]}: {told} moved to {promised}");
    }

    private static Instant Noda(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;

    [Test]
    public async Task A_long_report_goes_on_by_its_cursor()
    {
        var policy = await Policy();
        var ids = await OpenMany(7);
        await Change(policy, Faster);
        var (seen, more) = (new List<long>(), "");
        while (true)
        {
            var report = await DryRun(policy, $""", "limit": 3{more} """);
            Assert.That((long)report["counts"]!["changed"]!, Is.EqualTo(7 - seen.Count));
            seen.AddRange(report["items"]!.AsArray().Select(item => (long)item!["ticketId"]!));
            if (report["nextCursor"] is not { } cursor) break;
            more = $", \"cursor\": \"{cursor}\"";
        }

        Assert.That(seen, Is.EqualTo(ids));
    }

    [Test]
    public async Task What_is_wrong_is_named()
    {
        var policy = await Policy();
        Task<HttpResponseMessage> Post(string json) => Desk.Admin.Post($"/v1/policies/{policy}/application", json);
        using (Assert.EnterMultipleScope())
        {
            await Post("{}").Refuses("dryRun");
            await Post("""{ "dryRun": "yes" }""").Refuses("dryRun");
            await Post("""{ "dryRun": true, "limit": 0 }""").Refuses("limit");
            await Post("""{ "dryRun": true, "limit": 1001 }""").Refuses("limit");
            await Post("""{ "dryRun": true, "cursor": "x" }""").Refuses("cursor");
            await Post("""{ "dryRun": false, "limit": 5 }""").Refuses("limit");
            await Post("""{ "dryRun": false, "cursor": "x" }""").Refuses("cursor");
            await Desk.Admin.Post("/v1/policies/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/application", """{ "dryRun": true }""").Problem(HttpStatusCode.NotFound, "not-found");
            await Desk.Admin.Post("/v1/calendars/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/application", """{ "dryRun": true }""").Problem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Test]
    public async Task Who_is_held_to_queues_neither_applies_nor_asks_what_would_be()
    {
        var policy = await Policy();
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "held", "scopes": ["policies:read", "policies:write", "tickets:read"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        var held = Desk.With((string)made["key"]!);
        foreach (var dryRun in new[] { "true", "false" })
        {
            await held.Post($"/v1/policies/{policy}/application", $$"""{ "dryRun": {{dryRun}} }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        }

        await held.GetAsync($"/v1/jobs/{await Ask(policy)}").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
    }
}
