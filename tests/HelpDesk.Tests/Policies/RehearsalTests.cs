using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Policies;

/// <summary>
/// Histories played by hand. The office keeps 08:00-16:00 of Helsinki on working days, which is 06:00-14:00 UTC until the clocks go forward on
/// 29 March 2026; 2 March 2026 is a Monday.
/// </summary>
public sealed class RehearsalTests
{
    private const string Office = """
        { "timeZone": "Europe/Helsinki", "week": { "mon": [["08:00","16:00"]], "tue": [["08:00","16:00"]], "wed": [["08:00","16:00"]],
          "thu": [["08:00","16:00"]], "fri": [["08:00","16:00"]] } }
        """;

    private const string FirstResponse = """ "first_response": { "target": "PT2H", "lead": "PT30M", "renewBy": "PT1H", "maxRenewals": 2 } """;
    private const string Resolution = """ "resolution": { "target": "PT8H" } """;
    private const string Created = """{ "at": "2026-03-02T08:00:00Z", "type": "created" }""";

    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private Task<HttpResponseMessage> Post(string terms, string events, string more = "") => desk.Admin.Post(
        "/v1/policies/rehearsal", $$"""{ "calendar": {{Office}}, "policy": { "terms": { {{terms}} }, "reopenTarget": "PT4H" }, "events": [{{events}}] {{more}} }""");

    private Task<JsonNode> Play(string terms, string events, string more = "") => Post(terms, events, more).Json();

    private static string Agent(string at) => $$"""{ "at": "{{at}}", "type": "message", "author": "agent" }""";

    private static string Customer(string at) => $$"""{ "at": "{{at}}", "type": "message", "author": "customer" }""";

    private static string Status(string at, string to) => $$"""{ "at": "{{at}}", "type": "status", "to": "{{to}}" }""";

    private static JsonNode Of(JsonNode answer, string kind, int cycle = 1) =>
        answer["commitments"]!.AsArray().Single(commitment => (string?)commitment!["kind"] == kind && (int?)commitment["cycle"] == cycle)!;

    private static IEnumerable<(string?, string?)> Ledger(JsonNode commitment) =>
        commitment["promises"]!.AsArray().Select(promise => ((string?)promise!["promisedAt"], (string?)promise["outcome"]));

    private static IEnumerable<(string?, string?)> FollowUps(JsonNode answer) =>
        answer["followUps"]!.AsArray().Select(left => ((string?)left!["at"], (string?)left["promise"]));

    [Test]
    public async Task Commitments_start_with_the_ticket()
    {
        var answer = await Play($"{FirstResponse},{Resolution}", Created, """, "asOf": "2026-03-02T08:30:00Z" """);
        var (response, resolution) = (Of(answer, "first_response"), Of(answer, "resolution"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)response["state"], (string?)response["startedAt"], (string?)response["dueAt"], (string?)response["promisedAt"], (string?)response["followUpAt"]),
                Is.EqualTo(("running", "2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T09:30:00Z")));
            Assert.That(((decimal?)response["usedSeconds"], (decimal?)response["remainingSeconds"], response["metTarget"], (bool?)response["atRisk"]),
                Is.EqualTo((1_800m, 5_400m, (JsonNode?)null, false)));
            // Six of the eight hours on Monday, two on Tuesday; an hour's notice.
            Assert.That(((string?)resolution["dueAt"], (string?)resolution["followUpAt"]), Is.EqualTo(("2026-03-03T08:00:00Z", "2026-03-03T07:00:00Z")));
            Assert.That(answer["followUps"]!.AsArray(), Is.Empty);
        }
    }

    [Test]
    public async Task A_reply_keeps_the_response_and_a_pause_stops_the_resolution()
    {
        var events = string.Join(',', Created, Agent("2026-03-02T09:30:00Z"), Status("2026-03-02T10:00:00Z", "waiting_on_customer"));
        var answer = await Play($"{FirstResponse},{Resolution}", events, """, "asOf": "2026-03-02T13:00:00Z" """);
        var (response, resolution) = (Of(answer, "first_response"), Of(answer, "resolution"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)response["state"], (string?)response["fulfilledAt"], (decimal?)response["usedSeconds"], (bool?)response["metTarget"]),
                Is.EqualTo(("kept", "2026-03-02T09:30:00Z", 5_400m, true)));
            Assert.That(Ledger(response), Is.EqualTo(new[] { ("2026-03-02T10:00:00Z", "kept") }));
            Assert.That(((string?)resolution["state"], (decimal?)resolution["usedSeconds"], resolution["dueAt"], resolution["promisedAt"], resolution["followUpAt"]),
                Is.EqualTo(("paused", 7_200m, (JsonNode?)null, (JsonNode?)null, (JsonNode?)null)));
        }
    }

    [Test]
    public async Task After_a_pause_what_remained_counts_on()
    {
        var events = string.Join(',', Created, Agent("2026-03-02T09:30:00Z"), Status("2026-03-02T10:00:00Z", "waiting_on_customer"), Customer("2026-03-03T06:00:00Z"));
        var running = Of(await Play($"{FirstResponse},{Resolution}", events), "resolution");
        // Two hours used on Monday, so six remain from Tuesday's opening at 06:00 UTC.
        Assert.That(((string?)running["state"], (string?)running["dueAt"], (string?)running["promisedAt"]), Is.EqualTo(("running", "2026-03-03T12:00:00Z", "2026-03-03T12:00:00Z")));
        Assert.That(Ledger(running), Is.EqualTo(new[] { ("2026-03-03T08:00:00Z", "withdrawn"), ("2026-03-03T12:00:00Z", "open") }));

        var answer = await Play($"{FirstResponse},{Resolution}", string.Join(',', events, Status("2026-03-03T11:00:00Z", "resolved")));
        var kept = Of(answer, "resolution");
        var counted = answer["explanation"]!["commitments"]!.AsArray().Single(entry => (string?)entry!["kind"] == "resolution")!["segments"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)kept["state"], (decimal?)kept["usedSeconds"], (bool?)kept["metTarget"]), Is.EqualTo(("kept", 25_200m, true)));
            Assert.That(counted.Select(segment => ((string?)segment!["as"], (string?)segment["counted"])).Where(segment => segment.Item2 != "PT0S"),
                Is.EqualTo(new[] { ("working", "PT2H"), ("working", "PT5H") }));
            Assert.That(counted.Select(segment => (string?)segment!["as"]), Does.Contain("paused"));
        }
    }

    [Test]
    public async Task A_customer_who_writes_again_reopens_what_was_resolved()
    {
        var events = string.Join(',', Created, Status("2026-03-02T09:00:00Z", "resolved"), Customer("2026-03-02T10:00:00Z"));
        var answer = await Play(Resolution, events);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)Of(answer, "resolution")["state"], Is.EqualTo("kept"));
            Assert.That(((string?)Of(answer, "resolution", 2)["state"], (string?)Of(answer, "resolution", 2)["dueAt"]), Is.EqualTo(("running", "2026-03-02T14:00:00Z")));
        }
    }

    [Test]
    public async Task A_higher_priority_moves_the_promise_earlier_and_the_ledger_has_both()
    {
        var events = string.Join(',', Created, """{ "at": "2026-03-02T08:30:00Z", "type": "priority", "to": "urgent" }""");
        var response = Of(await Play(""" "first_response": { "target": "PT4H", "byPriority": { "urgent": { "target": "PT1H" } } } """, events), "first_response");
        Assert.That((string?)response["dueAt"], Is.EqualTo("2026-03-02T09:00:00Z"));
        Assert.That(Ledger(response), Is.EqualTo(new[] { ("2026-03-02T12:00:00Z", "withdrawn"), ("2026-03-02T09:00:00Z", "open") }));
    }

    [Test]
    public async Task A_new_policy_with_more_time_leaves_the_told_promise_where_it_stands()
    {
        var events = string.Join(',', Created, """{ "at": "2026-03-02T08:30:00Z", "type": "policy", "policy": { "terms": { "first_response": { "target": "PT5H" } } } }""");
        var response = Of(await Play(FirstResponse, events), "first_response");
        Assert.That(((string?)response["dueAt"], (string?)response["promisedAt"], (int?)response["policyVersion"]),
            Is.EqualTo(("2026-03-02T13:00:00Z", "2026-03-02T10:00:00Z", 2)));
    }

    [Test]
    public async Task Time_is_counted_across_the_change_of_the_clocks()
    {
        // Friday 15:00 in winter is 13:00 UTC; Monday opens at 08:00 in summer, which is 05:00 UTC.
        var answer = await Play(Resolution, """{ "at": "2026-03-27T13:00:00Z", "type": "created" }""");
        Assert.That((string?)Of(answer, "resolution")["dueAt"], Is.EqualTo("2026-03-30T12:00:00Z"));
    }

    [Test]
    public async Task Followed_an_unanswered_promise_is_renewed_twice_then_said_to_be_in_doubt_then_lapses()
    {
        var answer = await Play(FirstResponse, Created, """, "asOf": "2026-03-03T14:00:00Z", "follow": true """);
        var response = Of(answer, "first_response");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FollowUps(answer), Is.EqualTo(new[]
            {
                ("2026-03-02T09:30:00Z", (string?)"2026-03-02T11:00:00Z"), ("2026-03-02T10:30:00Z", "2026-03-02T12:00:00Z"), ("2026-03-02T11:30:00Z", null),
            }));
            Assert.That(Ledger(response), Is.EqualTo(new[]
            {
                ("2026-03-02T10:00:00Z", "renewed"), ("2026-03-02T11:00:00Z", "renewed"), ("2026-03-02T12:00:00Z", "broken"),
            }));
            Assert.That(((string?)response["state"], (int?)response["renewals"], (bool?)response["metTarget"], (string?)response["dueAt"]),
                Is.EqualTo(("overdue", 2, false, "2026-03-02T10:00:00Z")));
        }
    }

    [Test]
    public async Task Followed_a_reply_within_a_renewed_promise_keeps_it_though_not_the_target()
    {
        var answer = await Play(FirstResponse, string.Join(',', Created, Agent("2026-03-02T10:45:00Z")), """, "follow": true """);
        var response = Of(answer, "first_response");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)response["state"], (bool?)response["metTarget"], (decimal?)response["usedSeconds"], (decimal?)response["remainingSeconds"]),
                Is.EqualTo(("kept", false, 9_900m, -2_700m)));
            Assert.That(Ledger(response).Select(promise => promise.Item2), Is.EqualTo(new[] { "renewed", "renewed", "kept" }));
            Assert.That(FollowUps(answer).Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Not_followed_a_late_reply_breaks_the_promise_and_no_follow_up_leaves()
    {
        var answer = await Play(FirstResponse, string.Join(',', Created, Agent("2026-03-02T10:00:00.000001Z")));
        Assert.That(((string?)Of(answer, "first_response")["state"], answer["followUps"]!.AsArray().Count), Is.EqualTo(("broken", 0)));
        answer = await Play(FirstResponse, string.Join(',', Created, Agent("2026-03-02T10:00:00Z")));
        Assert.That((string?)Of(answer, "first_response")["state"], Is.EqualTo("kept"), "at the promised instant it is kept");
    }

    [Test]
    public async Task The_same_history_always_comes_out_the_same()
    {
        var once = await Play(FirstResponse, Created, """, "asOf": "2026-03-03T14:00:00Z", "follow": true """);
        var again = await Play(FirstResponse, Created, """, "asOf": "2026-03-03T14:00:00Z", "follow": true """);
        Assert.That(JsonNode.DeepEquals(once, again));
        var ids = once["commitments"]!.AsArray().SelectMany(commitment => commitment!["promises"]!.AsArray().Append(commitment)).Select(named => (string?)named!["id"]);
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public async Task A_history_without_terms_has_no_commitments() =>
        Assert.That((await Play("", $"{Created},{Agent("2026-03-02T09:00:00Z")}"))["commitments"]!.AsArray(), Is.Empty);

    [TestCase("", "events")]
    [TestCase("""{ "at": "2026-03-02T08:00:00Z", "type": "message", "author": "agent" }""", "events[0].type")]
    [TestCase(Created + "," + Created, "events[1].type")]
    [TestCase(Created + """,{ "at": "2026-03-02T07:00:00Z", "type": "message", "author": "agent" }""", "events[1].at")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "message" }""", "events[1].author")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "status", "to": "asleep" }""", "events[1].to")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "status" }""", "events[1].to")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "status", "to": "open", "author": "agent" }""", "events[1].author")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "explosion" }""", "events[1].type")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "priority", "to": "high", "why": "x" }""", "events[1].why")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "policy" }""", "events[1].policy")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "policy", "policy": { "terms": { "update": { "target": "PT0S" } } } }""", "events[1].policy.terms.update.target")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "calendar", "calendar": { "timeZone": "Nowhere" } }""", "events[1].calendar.timeZone")]
    [TestCase(Created + """,{ "at": "2026-03-02T09:00:00Z", "type": "promise", "promisedAt": "2026-03-02T09:00:00Z" }""", "events[1].promisedAt")]
    [TestCase(Created + ",null", "events[1]")]
    public Task A_script_that_breaks_a_rule_is_refused_by_its_name(string events, string member) => Post(FirstResponse, events).Refuses(member);

    [Test]
    public async Task What_cannot_be_played_is_refused_as_impossible()
    {
        await Post(FirstResponse, Created, """, "asOf": "2026-03-02T07:00:00Z" """).Refuses("asOf");
        await Post(FirstResponse, $"{Created},{Status("2026-03-02T09:00:00Z", "closed")},{Agent("2026-03-02T10:00:00Z")},{Status("2026-03-02T11:00:00Z", "open")}")
            .Problem(HttpStatusCode.UnprocessableEntity, "ticket-over");
        await Post(FirstResponse, $$"""{{Created}},{ "at": "2026-03-02T08:30:00Z", "type": "calendar", "calendar": { "timeZone": "UTC" } }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "calendar-never-opens");
        var nothing = await Post(FirstResponse, $$"""{{Created}},{ "at": "2026-03-02T09:00:00Z", "type": "fulfilment", "cycle": 7 }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "impossible-history");
        Assert.That((string?)nothing["detail"], Is.EqualTo("There is no open callback of cycle 7."));
        await Post(FirstResponse, """{ "at": "9999-12-31T23:30:00Z", "type": "created" }""").Problem(HttpStatusCode.UnprocessableEntity, "impossible-history");
        await Post(FirstResponse, Created, """, "asOf": "2400-01-01T00:00:00Z", "follow": true """).Problem(HttpStatusCode.UnprocessableEntity, "impossible-history");
    }
}
