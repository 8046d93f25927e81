using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Rehearsals;

/// <summary>A policy tried on what really happened.</summary>
internal sealed class TicketRehearsalTests : DeskFixture
{
    private const string Stricter = """ "policy": { "terms": { "first_response": { "target": "PT1H", "hours": "around_the_clock" } } }, "calendar": { "timeZone": "UTC" } """;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Rehearsals:MostTickets", "20")];

    private Task<HttpResponseMessage> Post(string json, HttpClient? client = null, params (string, string)[] headers) =>
        (client ?? Desk.Admin).Send(HttpMethod.Post, "/v1/policies/rehearsal", $"{{ {json} }}", headers: headers);

    private async Task<JsonNode> Play(string json) => (await Post(json).Json())["tickets"]!;

    /// <summary>Answered after two hours.</summary>
    private async Task<JsonNode> Answered(string more = "")
    {
        var ticket = await Open(more);
        await Advance("PT2H");
        await Said(ticket, "agent");
        return ticket;
    }

    [Test]
    public async Task What_was_kept_is_broken_by_a_stricter_policy()
    {
        await Policy();
        var ticket = await Answered();
        var played = await Play($"{Stricter}, \"tickets\": \"\"");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)played["played"]!, (bool)played["more"]!, (int)played["worse"]!, (int)played["better"]!, (int)played["differing"]!), Is.EqualTo((1, false, 1, 0, 1)));
            Assert.That(((int)played["really"]!["kept"]!, (int)played["rehearsed"]!["kept"]!, (int)played["rehearsed"]!["broken"]!), Is.EqualTo((1, 0, 1)));
            Assert.That(played["items"]![0]!.ToJsonString(), Is.EqualTo($$"""{"ticketId":{{ticket["id"]}},"kind":"first_response","cycle":1,"really":"kept","rehearsed":"broken"}"""));
            Assert.That(played["kinds"]!.AsArray().Select(kind => (string?)kind!["kind"]), Is.EqualTo(new[] { "first_response", "next_response", "update", "resolution" }));
        }
    }

    [Test]
    public async Task With_follow_what_would_have_been_put_off_in_time_is_renewed()
    {
        await Policy();
        await Answered();
        var played = await Play($"{Stricter}, \"tickets\": \"\", \"follow\": true");
        Assert.That(((int)played["rehearsed"]!["renewed"]!, (int)played["rehearsed"]!["broken"]!, (int)played["worse"]!), Is.EqualTo((1, 0, 1)));
    }

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(14)]
    public async Task Under_the_policy_there_was_everything_comes_out_as_it_did(int seed)
    {
        var desk = new RandomDesk(seed, Desk.Admin);
        var policy = await Policy(desk.FirstTerms());
        await desk.Live(tickets: 16, rounds: 4, happenings: 20);
        var played = await Play($$"""
            "policyId": "{{policy}}", "tickets": "", "follow": true
            """);
        Assert.That(((int)played["played"]!, (int)played["differing"]!), Is.EqualTo((16, 0)), played.ToJsonString());
        Assert.That(JsonNode.DeepEquals(played["really"], played["rehearsed"]), Is.True);
    }

    [Test]
    public async Task Nothing_is_stored_and_nothing_sent()
    {
        await Policy();
        await Answered();
        const string All = "select (select count(*) from events) + (select count(*) from deliveries) + (select count(*) from promises) + (select sum(row_version) from tickets)";
        var before = await Database.Ask<decimal>(All);
        await Play($"{Stricter}, \"tickets\": \"\", \"follow\": true");
        Assert.That(await Database.Ask<decimal>(All), Is.EqualTo(before));
    }

    [TestCase("queue=billing", 1)]
    [TestCase("queue=billing,sales", 2)]
    [TestCase("?status=new", 0)]
    [TestCase("createdFrom=2026-03-02T09:00:00Z&createdTo=2026-03-03T00:00:00Z", 1)]
    [TestCase("priority=urgent", 0)]
    public async Task The_filters_are_those_of_the_list(string filter, int expected)
    {
        await Policy();
        await Answered("\"queue\": \"billing\"");
        await Answered("\"queue\": \"sales\"");
        Assert.That((int)(await Play($"{Stricter}, \"tickets\": \"{filter}\""))["played"]!, Is.EqualTo(expected));
    }

    [Test]
    public async Task Tickets_of_the_last_thirty_days_are_meant_unless_something_else_is_said()
    {
        await Policy();
        await Answered();
        await Now("2026-04-10T08:00:00Z");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)(await Play($"{Stricter}, \"tickets\": \"\""))["played"]!, Is.Zero);
            Assert.That((int)(await Play($"{Stricter}, \"tickets\": \"\", \"days\": 40"))["played"]!, Is.EqualTo(1));
            Assert.That((int)(await Play($"{Stricter}, \"tickets\": \"createdFrom=2026-01-01T00:00:00Z\""))["played"]!, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Merged_and_split_tickets_are_skipped_and_those_of_erased_customers_are_played()
    {
        await Policy();
        var (one, two, three) = (await Answered(), await Open(), await Open(requester: """{ "email": "grace@example.org" }"""));
        await Post(one, "/merge", $$"""{ "into": {{two["id"]}} }""").Json();
        var message = await Said(three, "customer");
        await Post(three, "/split", $$"""{ "messageIds": ["{{message["id"]}}"] }""").Json(HttpStatusCode.Created);
        var erased = await Open(requester: """{ "email": "eve@example.org" }""");
        await Said(erased, "agent");
        await Desk.Admin.DeleteAsync($"/v1/customers/{erased["requesterId"]}");
        var played = await Play($"{Stricter}, \"tickets\": \"\"");
        Assert.That(((int)played["played"]!, played["skipped"]!.ToJsonString()), Is.EqualTo((1, """{"merged":2,"split":2}""")));
        Assert.That((int)played["rehearsed"]!["kept"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task The_newest_are_played_where_there_are_more_than_may_be()
    {
        await Policy();
        for (var count = 0; count < 21; count++) await Open();
        var played = await Play($"{Stricter}, \"tickets\": \"\"");
        Assert.That(((int)played["played"]!, (bool)played["more"]!), Is.EqualTo((20, true)));
    }

    [TestCase("application/x-ndjson", "application/x-ndjson")]
    [TestCase("text/event-stream, */*;q=0.1", "text/event-stream")]
    public async Task Progress_is_streamed_to_whoever_asks_for_it(string accept, string type)
    {
        await Policy();
        await Answered();
        var answer = await Post($"{Stricter}, \"tickets\": \"\"", null, ("Accept", accept));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, type)));
        var last = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Replace("data: ", "");
        var line = JsonNode.Parse(last)!;
        Assert.That(((int)line["done"]!, (int)line["total"]!, (int)line["result"]!["tickets"]!["played"]!), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public async Task Who_is_held_to_queues_rehearses_on_the_tickets_in_them()
    {
        await Policy();
        await Answered("\"queue\": \"billing\"");
        var ours = await Answered("\"queue\": \"sales\"");
        var played = (await Post($"{Stricter}, \"tickets\": \"\"", await Key("\"policies:read\", \"tickets:read\"", ", \"queues\": [\"sales\"]")).Json())["tickets"]!;
        Assert.That(((int)played["played"]!, (long)played["items"]![0]!["ticketId"]!), Is.EqualTo((1, (long)ours["id"]!)));
    }

    [Test]
    public async Task Real_tickets_need_a_scope_more_than_a_script()
    {
        var reader = await Key("\"policies:read\"");
        await Post($"{Stricter}, \"tickets\": \"\"", reader).Problem(HttpStatusCode.Forbidden, "forbidden");
        await Post($$"""{{Stricter}}, "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }]""", reader).Json();
    }

    private async Task<HttpClient> Key(string scopes, string more = "") =>
        Desk.With((string)(await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": [{{scopes}}]{{more}} }""").Json(HttpStatusCode.Created))["key"]!);

    [Test]
    public async Task A_stored_policy_and_calendar_do_for_a_script_too()
    {
        var policy = await Policy("""{ "first_response": { "target": "PT4H" } }""");
        var script = """ "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }] """;
        var answer = await Post($$""" "policyId": "{{policy}}", {{script}} """).Json();
        Assert.That((answer["commitments"]![0]!["dueAt"].Hour(), answer["tickets"]), Is.EqualTo(("02 13:00", (JsonNode?)null)));
        answer = await Post($$""" "policyId": "{{policy}}", "calendar": { "timeZone": "UTC", "week": { "mon": [["00:00","24:00"]] } }, {{script}} """).Json();
        Assert.That(answer["commitments"]![0]!["dueAt"].Hour(), Is.EqualTo("02 12:00"));
    }

    [TestCase(""" "calendar": { "timeZone": "UTC" }, "tickets": "" """, "policy")]
    [TestCase(""" "policy": { "terms": {} }, "tickets": "" """, "calendar")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} } """, "events")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "tickets": "", "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }] """, "events")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "tickets": "", "asOf": "2026-03-02T08:00:00Z" """, "asOf")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "tickets": "", "days": 0 """, "days")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "days": 3, "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }] """, "days")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "tickets": "colour=red" """, "tickets")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "tickets": "status=burning" """, "tickets.status")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "policy": { "terms": {} }, "policyId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "tickets": "" """, "policyId")]
    [TestCase(""" "calendar": { "timeZone": "UTC" }, "calendarId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "policy": { "terms": {} }, "tickets": "" """, "calendarId")]
    public async Task What_is_wrong_is_named(string json, string member) => await Post(json).Refuses(member);

    [TestCase("policyId", "unknown-policy")]
    [TestCase("calendarId", "unknown-calendar")]
    public async Task What_is_not_there_cannot_be_rehearsed(string member, string code)
    {
        var rest = member == "policyId" ? "" : """, "policy": { "terms": {} } """;
        var problem = await Post($$""" "{{member}}": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "tickets": ""{{rest}} """).Problem(HttpStatusCode.UnprocessableEntity, code);
        Assert.That(problem["errors"]![member], Is.Not.Null);
    }
}
