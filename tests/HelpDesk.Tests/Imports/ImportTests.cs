using System.Net;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>Tickets that come with their past: it is counted as it was, and nobody is written to about it.</summary>
internal sealed class ImportTests : ImportFixture
{
    private const string Terms = """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "next_response": { "target": "PT8H", "hours": "around_the_clock" },
          "resolution": { "target": "P2D", "hours": "around_the_clock", "ladder": [{ "at": "50%", "do": "raise_priority" }] } }
        """;

    [Test]
    public async Task A_history_is_kept_as_it_was_and_counted_to_its_end()
    {
        var policy = await Policy(Terms);
        var history = $"""
            [{Said("2026-02-23T08:00:00Z")}, {"""{ "at": "2026-02-23T09:00:00Z", "type": "change", "changes": { "priority": "high", "queue": "sales", "assignee": "anna", "tags": ["vip"] } }"""},
             {Said("2026-02-23T10:00:00Z", "agent", """, "authorId": "anna" """)}, {Set("2026-02-23T10:00:00Z", "waiting_on_customer")}, {Said("2026-02-23T12:00:00Z")},
             {Said("2026-02-23T13:00:00Z", "agent", """, "visibility": "internal" """)}, {Said("2026-02-23T14:00:00Z", "agent")}, {Set("2026-02-23T14:00:00Z", "resolved")},
             {Set("2026-02-28T14:00:00Z", "closed")}]
            """;
        var job = await Import(Line("1", history, """ "channel": "email", "category": "hardware", "customFields": { "floor": 3 }, "watchers": ["Boss@example.org"], "reason": "Spare part." """));
        var ticket = await Ticket("1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Counts(job), Is.EqualTo("done 1 0 0"), job.ToJsonString());
            Assert.That(((string?)ticket["status"], (string?)ticket["priority"], (string?)ticket["queue"], (string?)ticket["assignee"], (string?)ticket["channel"]), Is.EqualTo(("closed", "high", "sales", "anna", "email")));
            Assert.That(((string?)ticket["createdAt"], (string?)ticket["updatedAt"], (string?)ticket["policyId"]), Is.EqualTo(("2026-02-23T08:00:00Z", "2026-02-28T14:00:00Z", policy)));
            Assert.That(ticket["watchers"]!.ToJsonString(), Is.EqualTo("""["boss@example.org"]"""));
            Assert.That(ticket["commitments"]!.AsArray().Select(row => $"{row!["kind"]} {row["state"]} {row["usedSeconds"]} {row["metTarget"]}"), Is.EquivalentTo(new[]
            {
                "first_response kept 7200 true", "next_response kept 7200 true", "resolution kept 14400 true",
            }));
            Assert.That(ticket["commitments"]!.AsArray().SelectMany(row => row!["promises"]!.AsArray()).Select(promise => promise!["toldVia"]), Is.All.Null);
            Assert.That((await Read(ticket, "/messages"))["items"]!.AsArray().Select(message => $"{message!["author"]} {message["visibility"]} {message["createdAt"]}"), Is.EqualTo(new[]
            {
                "customer public 2026-02-23T08:00:00Z", "agent public 2026-02-23T10:00:00Z", "customer public 2026-02-23T12:00:00Z", "agent internal 2026-02-23T13:00:00Z", "agent public 2026-02-23T14:00:00Z",
            }));
            Assert.That(await Database.Ask<long>("select count(*) from deliveries"), Is.Zero);
            Assert.That(await Database.Ask<string>("select string_agg(type, ' ' order by sequence) from events where type like 'ticket%' or type like 'c%' or type like 'promise%'"), Is.EqualTo("calendar.created customer.created ticket.imported"));
            Assert.That((await Desk.Admin.GetAsync("/v1/tickets?q=words").Json())["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((await Desk.Admin.GetAsync("/v1/tickets?tag=vip&state=kept").Json())["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(await Database.Ask<long>("select count(*) from import_uploads"), Is.Zero, "what was imported is not kept twice");
        }
    }

    [Test]
    public async Task What_lapsed_stands_broken_at_its_instant_without_an_apology_and_what_lies_ahead_is_followed_up()
    {
        await Policy(Terms);
        await Import(Line("late", $"[{Said("2026-02-23T08:00:00Z")}]"), Line("ahead", $"[{Said("2026-03-02T06:00:00Z")}]", createdAt: "2026-03-02T06:00:00Z"));
        var late = Commitment(await Ticket("late"), "first_response");
        Assert.That(((string?)late["state"], (string?)late["promises"]![0]!["outcome"], (string?)late["promises"]![0]!["endedAt"]), Is.EqualTo(("overdue", "broken", "2026-02-23T12:00:00.000001Z")));
        Assert.That(await Sweep(), Is.Zero);
        Assert.That((await Ticket("late"))["priority"]!.GetValue<string>(), Is.EqualTo("normal"), "a step of the ladder that came up in the past is not taken");
        var happened = await Advance("PT2H");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Outgoing(await Ticket("late")), Is.Empty);
            Assert.That(await Outgoing(await Ticket("ahead")), Is.EqualTo(new[] { "follow_up sent" }), string.Join('\n', happened));
            Assert.That(Commitment(await Ticket("ahead"), "first_response")["renewals"]!.GetValue<int>(), Is.EqualTo(1));
        }

        await Said(await Ticket("late"), "agent");
        Assert.That((string?)Commitment(await Ticket("late"), "first_response")["state"], Is.EqualTo("broken"));
    }

    [Test]
    public async Task A_second_time_nothing_is_taken_twice()
    {
        await Policy(Terms);
        string[] lines = [Line("1", $"[{Said("2026-02-23T08:00:00Z")}]"), "", Line("2"), Line("1")];
        Assert.That(Counts(await Import(lines)), Is.EqualTo("done 2 1 0"));
        var again = await Import([.. lines, Line("3")]);
        Assert.That(Counts(again), Is.EqualTo("done 1 3 0"));
        Assert.That(((long)again["progress"]!["done"]!, (long)again["progress"]!["total"]!), Is.EqualTo((5L, 5L)));
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(3));
        Assert.That(await Database.Ask<long>("select count(*) from customers"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_dry_run_counts_and_keeps_nothing()
    {
        await Policy(Terms);
        var lines = Encoding.UTF8.GetBytes(string.Join("\r\n", Line("1", $"[{Said("2026-02-23T08:00:00Z")}]"), "no JSON", Line("2", requester: """{ "name": "Grace" }""")));
        var job = await Done(Send(Desk.Admin, Zipped(lines), "?dryRun=true", encoding: "gzip"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Counts(job), Is.EqualTo("done 2 0 1"));
            Assert.That(((long)job["counts"]!["customers"]!, (long)job["counts"]!["messages"]!, (long)job["counts"]!["commitments"]!), Is.EqualTo((2L, 1L, 3L)));
            Assert.That(Errors(job), Is.EqualTo(new[] { "2 $: is not JSON" }));
            Assert.That(await Database.Ask<long>("select (select count(*) from tickets) + (select count(*) from customers) + (select count(*) from import_uploads)"), Is.Zero);
        }
    }

    [Test]
    public async Task What_the_desk_knows_of_a_customer_stays_and_the_rest_is_learned()
    {
        await Customer("""{ "email": "ada@example.org", "name": "Ada L.", "tier": "gold" }""");
        var gold = await Policy(more: """ "when": { "tier": ["gold"] } """);
        var named = await Policy(more: """ "when": { "tier": ["none"] } """);
        await Import(Line("1", requester: """{ "email": "Ada@Example.org", "name": "Ada", "locale": "fi" }"""), Line("2", more: $"\"policyId\": \"{named}\""), Line("3", requester: """{ "name": "Grace" }"""));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Database.Ask<string>("select name || ' ' || locale from customers where email = 'ada@example.org'"), Is.EqualTo("Ada L. fi"));
            Assert.That(((string?)(await Ticket("1"))["policyId"], (string?)(await Ticket("2"))["policyId"], (string?)(await Ticket("3"))["policyId"]), Is.EqualTo((gold, named, (string?)null)));
            Assert.That(await Database.Ask<string>("select string_agg(type, ' ' order by sequence) from events where type like 'customer.%'"), Is.EqualTo("customer.created customer.updated customer.created"));
        }
    }

    [Test]
    public async Task It_is_for_admins_who_see_all()
    {
        var key = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["tickets:read", "tickets:write", "policies:write"] }""").Json(HttpStatusCode.Created))["key"]!;
        await Send(Desk.With(key), Encoding.UTF8.GetBytes(Uploads.OneLine)).Problem(HttpStatusCode.Forbidden, "forbidden");
        await Desk.With(key).GetAsync("/v1/exports").Problem(HttpStatusCode.Forbidden, "forbidden");
    }
}
