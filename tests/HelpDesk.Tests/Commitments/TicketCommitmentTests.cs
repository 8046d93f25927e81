using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Commitments;

internal sealed class TicketCommitmentTests : DeskFixture
{
    private const string Terms = """{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "update": { "target": "PT24H" }, "resolution": { "target": "PT16H" } }""";

    private static readonly string[] Members =
    [
        "id", "kind", "cycle", "state", "startedAt", "dueAt", "promisedAt", "followUpAt", "atRisk", "fulfilledAt", "usedSeconds", "remainingSeconds", "policyVersion",
        "renewals", "metTarget", "reason", "promises",
    ];

    private static IReadOnlyList<string> Names(JsonNode node) => [.. node.AsObject().Select(member => member.Key)];

    [Test]
    public async Task A_commitment_and_its_promises_have_exactly_the_members_of_the_contract()
    {
        await Policy(Terms);
        var ticket = await Open();
        var commitments = await Read(ticket, "/commitments");
        Assert.That(Names(commitments), Is.EqualTo(new[] { "items" }));
        var first = commitments["items"]![0]!;
        Assert.That(Names(first), Is.EqualTo(Members));
        Assert.That(Names(first["promises"]![0]!), Is.EqualTo(new[] { "id", "promisedAt", "madeAt", "madeBy", "words", "outcome", "endedAt", "toldVia", "reason" }));
        Assert.That(JsonNode.DeepEquals(commitments["items"], (await Read(ticket))["commitments"]));
    }

    [Test]
    public async Task Used_and_remaining_are_as_of_now_and_frozen_at_the_end()
    {
        await Policy(Terms);
        var ticket = await Open();
        async Task<(decimal?, decimal?, bool?, bool?)> First()
        {
            var first = (await Read(ticket)).Last("first_response");
            return ((decimal?)first["usedSeconds"], (decimal?)first["remainingSeconds"], (bool?)first["metTarget"], (bool?)first["atRisk"]);
        }

        await Now("2026-03-02T09:00:00.5Z");
        Assert.That(await First(), Is.EqualTo((3600.5m, 10799.5m, (bool?)null, false)));
        await Now("2026-03-02T11:00:00.000001Z");
        Assert.That(await First(), Is.EqualTo((10800.000001m, 3599.999999m, (bool?)null, true)));
        await Now("2026-03-02T12:30:00Z");
        Assert.That(await First(), Is.EqualTo((16200m, -1800m, false, true)), "over, and not answered");
        await Said(ticket, "agent");
        await Now("2026-03-03T12:30:00Z");
        Assert.That(await First(), Is.EqualTo((16200m, -1800m, false, false)));
        Assert.That((string?)(await Read(ticket)).Last("first_response")["state"], Is.EqualTo("broken"));
    }

    /// <summary>Monday eight to Wednesday ten with a pause from Monday noon to Tuesday noon: three hours before it, five after it, one on Wednesday.</summary>
    [Test]
    public async Task The_counted_durations_of_the_explanation_add_up_to_what_is_used()
    {
        await Policy(Terms);
        var ticket = await Open();
        await Now("2026-03-02T12:00:00Z");
        await Said(ticket, "agent", "\"status\": \"waiting_on_customer\"");
        await Now("2026-03-03T12:00:00Z");
        await Said(ticket, "customer");
        await Now("2026-03-04T10:00:00.25Z");
        var explanation = await Read(ticket, "/explanation");
        var commitments = (await Read(ticket, "/commitments"))["items"]!.AsArray();
        Assert.That(Names(explanation), Is.EqualTo(new[] { "commitments" }));
        foreach (var (explained, commitment) in explanation["commitments"]!.AsArray().Zip(commitments))
        {
            Assert.That(Names(explained!), Is.EqualTo(new[] { "id", "kind", "steps", "segments" }));
            Assert.That(((string?)explained!["id"], (string?)explained["kind"]), Is.EqualTo(((string?)commitment!["id"], (string?)commitment["kind"])));
            Assert.That(Names(explained["steps"]![0]!), Is.EqualTo(new[] { "at", "what", "text" }));
            Assert.That(explained["segments"]!.AsArray().Select(segment => string.Join(',', Names(segment!))).Distinct(), Is.EqualTo(new[] { "from,to,as,counted" }));
            var counted = explained["segments"]!.AsArray().Sum(segment => Seconds((string)segment!["counted"]!));
            Assert.That(counted, Is.EqualTo((decimal)commitment["usedSeconds"]!), explained.ToJsonString());
        }

        var solution = explanation["commitments"]!.AsArray().First(item => (string?)item!["kind"] == "resolution")!;
        Assert.That(solution["segments"]!.AsArray().Select(segment => $"{segment!["from"].Hour()} {segment["as"]} {segment["counted"]}"), Is.EqualTo(new[]
        {
            "02 08:00 closed PT0S", "02 09:00 working PT3H", "02 12:00 paused PT0S", "03 12:00 working PT5H", "03 17:00 closed PT0S", "04 09:00 working PT1H0.25S",
        }));
        Assert.That(solution["steps"]!.AsArray().Select(step => $"{step!["at"].Hour()} {step["what"]}"), Is.EqualTo(new[]
        {
            "02 08:00 commitment_started", "02 08:00 promise_made", "02 12:00 promise_withdrawn", "02 12:00 commitment_paused", "03 12:00 commitment_resumed", "03 12:00 promise_made",
        }));
        Assert.That((decimal)commitments.Last(item => (string?)item!["kind"] == "resolution")!["usedSeconds"]!, Is.EqualTo((9 * 3600) + 0.25m));
    }

    private static decimal Seconds(string iso)
    {
        Assert.That(HelpDesk.Web.IsoDuration.TryParse(iso, out var duration), Is.True, iso);
        return (decimal)duration.TotalTicks / NodaConstants.TicksPerSecond;
    }

    [Test]
    public async Task The_timeline_tells_the_story_page_by_page_in_the_order_it_happened()
    {
        await Policy();
        var ticket = await Open();
        await Advance("PT3H");
        await Said(ticket, "agent");
        var whole = (await Read(ticket, "/timeline"))["items"]!.AsArray();
        Assert.That(whole.Select(entry => $"{entry!["at"].Hour()} {entry["type"]}"), Is.EqualTo(new[]
        {
            "02 08:00 ticket.created", "02 08:00 message.created", "02 08:00 commitment.started", "02 08:00 promise.made",
            "02 11:00 follow_up.sent", "02 11:00 promise.renewed", "02 11:00 promise.made",
            "02 11:00 message.created", "02 11:00 ticket.updated", "02 11:00 promise.kept", "02 11:00 commitment.kept",
        }));
        Assert.That(Names(whole[0]!), Is.EqualTo(new[] { "sequence", "at", "type", "actor", "requestId", "commitmentId", "promiseId", "data" }));
        Assert.That(whole.Select(entry => (string?)entry!["actor"]).Distinct(), Is.EqualTo(new[] { "admin", "desk" }));
        var page = await Read(ticket, "/timeline?limit=6");
        var rest = await Read(ticket, $"/timeline?limit=6&cursor={page["nextCursor"]}");
        Assert.That(page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(entry => (long)entry!["sequence"]!), Is.EqualTo(whole.Select(entry => (long)entry!["sequence"]!)));
        Assert.That(rest["nextCursor"], Is.Null);
    }
}
