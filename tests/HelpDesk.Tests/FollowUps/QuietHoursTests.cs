using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

/// <summary>A customer's quiet hours, in her zone: kept unless the policy says otherwise.</summary>
internal sealed class QuietHoursTests : DeskFixture
{
    private const string TwentyHours = """{ "first_response": { "target": "PT20H", "hours": "around_the_clock", "lead": "PT1H", "renewBy": "PT10H" } }""";

    private Task<JsonNode> Sleeper(string zone = "UTC") =>
        Customer($$"""{ "email": "q@example.org", "timeZone": "{{zone}}", "quietHours": { "from": "22:00", "to": "07:00" } }""");

    private async Task<string?> FollowUpAt(JsonNode ticket) => (string?)(await Read(ticket)).Last("first_response")["followUpAt"];

    [Test]
    public async Task A_promise_that_would_lapse_within_them_is_followed_up_before()
    {
        await Policy(TwentyHours);
        var ticket = await OpenFor(await Sleeper());
        Assert.That(await FollowUpAt(ticket), Is.EqualTo("2026-03-02T21:59:00Z"));
        Assert.That(await Advance("PT14H"), Has.Member("2026-03-02T21:59:00Z follow_up").And.Member("2026-03-02T21:59:00Z delivery"));
    }

    [Test]
    public async Task A_policy_may_ignore_them()
    {
        var policy = await Policy(TwentyHours, "\"quietHours\": \"ignore\"");
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/policies/{policy}").Json())["quietHours"], Is.EqualTo("ignore"));
        var ticket = await OpenFor(await Sleeper());
        Assert.That(await FollowUpAt(ticket), Is.EqualTo("2026-03-03T03:00:00Z"));
        Assert.That(await Advance("PT20H"), Has.Member("2026-03-03T03:00:00Z follow_up").And.Member("2026-03-03T03:00:00Z delivery"), "she is written to at night");
    }

    [Test]
    public async Task A_policy_that_says_nothing_keeps_them()
    {
        var policy = await Policy();
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/policies/{policy}").Json())["quietHours"], Is.EqualTo("keep"));
        Assert.That(await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "quietHours": "never" }""", "application/merge-patch+json").Refuses("quietHours"), Does.Contain("keep"));
    }

    [TestCase("keep", "2026-03-03T07:00:00Z delivery")]
    [TestCase("ignore", "2026-03-02T23:00:00.000001Z delivery")]
    public async Task An_apology_waits_for_their_end_and_the_ledger_does_not(string rule, string delivery)
    {
        // Promised by 23:00, an hour into the night; at the cap, so that nothing is renewed and the date lapses.
        await Policy("""{ "first_response": { "target": "PT15H", "hours": "around_the_clock", "lead": "PT1H", "renewBy": "PT24H", "maxRenewals": 0 } }""", $"\"quietHours\": \"{rule}\"");
        var ticket = await OpenFor(await Sleeper());
        var happened = await Advance("P1D");
        Assert.That(happened, Has.Member("2026-03-02T23:00:00.000001Z recovery").And.Member(delivery));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 23:00 broken"));
    }

    [Test]
    public async Task An_apology_whose_new_date_would_pass_within_them_goes_at_once()
    {
        await Policy("""{ "first_response": { "target": "PT15H", "hours": "around_the_clock", "lead": "PT1H", "renewBy": "PT2H" } }""");
        var ticket = await OpenFor(await Sleeper());
        // Nobody swept before the lapse: the desk was down.
        await Now("2026-03-02T23:30:00Z");
        await Sweep();
        var apology = (await Deliveries(ticket)).Single(delivery => (string?)delivery["kind"] == "recovery");
        Assert.That((string?)apology["nextAttemptAt"], Is.EqualTo("2026-03-02T23:30:00Z"));
    }

    [TestCase("07:00:00", "goes at once")]
    [TestCase("07:00:59", "goes at once")]
    [TestCase("07:01:00", "is held")]
    public async Task A_follow_up_made_within_them_is_held_only_where_it_can_be_handed_over_after_them(string promised, string then)
    {
        var ticket = await OpenFor(await Sleeper());
        await Now("2026-03-03T06:50:00Z");
        await Post(ticket, "/promises", $$"""{ "words": "I will call you", "promisedAt": "2026-03-03T{{promised}}Z" }""").Json(System.Net.HttpStatusCode.Created);
        var due = (string)(await Read(ticket)).Last("callback")["followUpAt"]!;
        await Now(due);
        await Sweep();
        var followUp = (await Deliveries(ticket)).Single(delivery => (string?)delivery["kind"] == "follow_up");
        Assert.That((string?)followUp["nextAttemptAt"], Is.EqualTo(then == "is held" ? "2026-03-03T07:00:00Z" : due));
    }

    [Test]
    public async Task They_are_of_her_zone_over_midnight_and_over_a_clock_change()
    {
        // In Helsinki the night of 28 to 29 March 2026 ends at 04:00 UTC, not at 05:00: the clocks go forward in it.
        await Policy("""{ "first_response": { "target": "P26DT16H", "hours": "around_the_clock", "lead": "PT1H", "renewBy": "P1D", "maxRenewals": 0 } }""");
        var ticket = await OpenFor(await Sleeper("Europe/Helsinki"));
        Assert.That((string?)(await Read(ticket)).Last("first_response")["promisedAt"], Is.EqualTo("2026-03-29T00:00:00Z"));
        Assert.That(await FollowUpAt(ticket), Is.EqualTo("2026-03-28T19:59:00Z"), "22:00 there is 20:00 UTC before the change");
        Assert.That(await Advance("P27D"), Has.Member("2026-03-29T00:00:00.000001Z recovery").And.Member("2026-03-29T04:00:00Z delivery"));
    }

    [Test]
    public async Task An_answer_that_also_resolves_goes_at_once_after_what_waited_and_a_bare_resolution_waits()
    {
        var sleeper = await Sleeper();
        var (answered, resolved) = (await OpenFor(sleeper), await OpenFor(sleeper));
        await Now("2026-03-02T23:00:00Z");
        await Post(answered, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-04T12:00:00Z" }""").Json(System.Net.HttpStatusCode.Created);
        async Task<IEnumerable<(string?, string?)>> Last(JsonNode ticket) => (await Deliveries(ticket)).Skip(1).Select(each => ((string?)each["kind"], (string?)each["nextAttemptAt"]));
        Assert.That(await Last(answered), Is.EqualTo(new[] { ("promise", "2026-03-03T07:00:00Z") }));
        await Said(answered, "agent", "\"status\": \"resolved\"");
        Assert.That(await Last(answered), Is.EqualTo(new[] { ("promise", "2026-03-02T23:00:00Z"), ("resolution", "2026-03-02T23:00:00Z") }));
        await Patch(resolved, """{ "status": "resolved" }""").Json();
        Assert.That(await Last(resolved), Is.EqualTo(new[] { ("resolution", "2026-03-03T07:00:00Z") }));
    }

    [Test]
    public async Task What_answers_what_she_writes_at_night_goes_at_once()
    {
        await Policy("""{ "resolution": { "target": "PT8H" } }""");
        var ticket = await OpenFor(await Sleeper());
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        await Now("2026-03-02T23:00:00Z");
        await Said(ticket, "customer");
        var reopened = (await Deliveries(ticket))[^1];
        Assert.That(((string?)reopened["kind"], (string?)reopened["nextAttemptAt"]), Is.EqualTo(("reopened", "2026-03-02T23:00:00Z")));
    }
}
