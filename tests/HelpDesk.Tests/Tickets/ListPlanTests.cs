using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tests.Tickets;

/// <summary>Lists as PostgreSQL would walk them on a desk large enough to matter: never through the whole table, never sorting more than a few pages.</summary>
internal sealed class ListPlanTests
{
    private const int Tickets = 20_000;
    private const int FewPages = 400;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Fill_a_desk()
    {
        database = TestDatabase.Create();
        await database.Execute(
            $$"""
            insert into customers (id, row_version, email, preferred_channel, opt_out, created_at, updated_at)
            select md5('customer' || n)::uuid, 1, 'customer' || n || '@example.org', 'email', false, now(), now() from generate_series(0, 199) n;
            insert into customer_addresses (email, customer_id, position) select email, id, 0 from customers;
            insert into organisations (id, row_version, name, created_at, updated_at) select md5('organisation' || n)::uuid, 1, 'Organisation ' || n, now(), now() from generate_series(0, 9) n;
            insert into tickets (id, row_version, subject, status, priority, channel, queue, category, tags, custom_fields, external_ref, external_source, created_by, requester_id, organisation_id, assignee,
                public_token, clock, next_promised_at, created_at, updated_at, closed_at, states)
            select n, 1, 'Ticket ' || n, case when n % 400 = 0 then 'new' when n % 100 = 1 then 'open' else 'closed' end, case when n % 500 = 0 then 'urgent' else 'normal' end,
                case when n % 500 = 0 then 'phone' else 'web' end, case when n % 500 = 0 then 'press' else 'billing' end, case when n % 500 = 0 then 'rare' else 'common' end,
                case when n % 500 = 0 then '{rare,common}' when n % 2 = 0 then '{common}' else '{}' end::text[],
                case when n % 500 = 0 then '{"floor": 7, "site": ["north", "south"]}' when n % 3 = 0 then '{"floor": 1}' else '{}' end::jsonb,
                'ref-' || n, case when n % 500 = 0 then 'shop' else 'crm' end, 'customer', md5('customer' || n % 200)::uuid, md5('organisation' || n % 10)::uuid, case when n % 500 <> 0 then 'agent-' || n % 40 end,
                md5('token' || n), '{}', case when n % 40 = 0 then '{{Now}}'::timestamptz + (n % 7 - 1) * interval '1 hour' end,
                '{{Now}}'::timestamptz - ({{Tickets}} - n) * interval '1 minute', '{{Now}}', '{{Now}}', 1 << (case when n % 40 = 0 then n / 40 % 3 when n % 1000 = 7 then 5 else 3 + n % 2 end)
            from generate_series(1, {{Tickets}}) n;
            """);
        await database.Execute("vacuum (analyze) tickets");
        await database.Execute("vacuum (analyze) ticket_marks");
    }

    [OneTimeTearDown]
    public void Forget_it() => database.Dispose();

    [TestCase("")]
    [TestCase("status=new")]
    [TestCase("status=closed")]
    [TestCase("status=new,open")]
    [TestCase("priority=urgent")]
    [TestCase("priority=normal")]
    [TestCase("queue=press")]
    [TestCase("queue=billing")]
    [TestCase("assignee=agent-7")]
    [TestCase("assigned=true")]
    [TestCase("assigned=false")]
    [TestCase("requester=customer7@example.org")]
    [TestCase("requester=e5ab1b3d-8d0a-52d4-7d0a-1d1c1d9a9d2e")]
    [TestCase("organisation=e5ab1b3d-8d0a-52d4-7d0a-1d1c1d9a9d2e")]
    [TestCase("category=rare")]
    [TestCase("category=common")]
    [TestCase("channel=phone")]
    [TestCase("channel=web")]
    [TestCase("tag=rare")]
    [TestCase("tag=common")]
    [TestCase("tag=rare,common")]
    [TestCase("customFields.floor=7")]
    [TestCase("customFields.floor=1.0")]
    [TestCase("customFields.site=north")]
    [TestCase("externalRef=ref-7")]
    [TestCase("externalSource=shop")]
    [TestCase("externalSource=crm")]
    [TestCase("createdFrom=2026-03-01T08:00:00Z")]
    [TestCase("createdTo=2026-03-01T08:00:00Z")]
    [TestCase("promisedBefore=2026-03-02T08:30:00Z")]
    [TestCase("promisedBefore=2027-03-02T08:30:00Z")]
    [TestCase("recovery=true")]
    [TestCase("recovery=false")]
    [TestCase("state=running")]
    [TestCase("state=paused")]
    [TestCase("state=overdue")]
    [TestCase("state=kept")]
    [TestCase("state=broken")]
    [TestCase("state=cancelled")]
    public async Task A_page_by_any_single_filter_walks_an_index(string query)
    {
        await using var db = database.NewContext();
        foreach (var way in (await Selection(query, db)).ByCreation) await Walks(db, ListTickets.Sorted(way, "-createdAt"));
    }

    [TestCase("-createdAt")]
    [TestCase("createdAt")]
    [TestCase("-updatedAt")]
    [TestCase("promisedAt")]
    public async Task A_page_in_any_order_walks_an_index(string order)
    {
        await using var db = database.NewContext();
        await Walks(db, ListTickets.Sorted(ListTickets.Spots((await Selection("", db)).Rows, order), order));
    }

    [TestCase("tag=rare", 40)]
    [TestCase("customFields.floor=7", 40)]
    [TestCase("customFields.floor=7.0", 40)]
    [TestCase("customFields.site=south", 40)]
    [TestCase("customFields.site=west", 0)]
    public async Task Marks_find_what_the_filter_says(string query, int expected)
    {
        await using var db = database.NewContext();
        var selection = await Selection(query, db);
        var found = new HashSet<long>();
        foreach (var way in selection.ByCreation) found.UnionWith(await way.Select(spot => spot.Id).ToListAsync());
        Assert.That(found, Has.Count.EqualTo(expected));
        Assert.That(await selection.Rows.Select(row => row.Id).ToListAsync(), Is.EquivalentTo(found));
    }

    private static async Task<TicketSelection> Selection(string query, HelpDesk.Database.HelpDeskDb db)
    {
        var request = new DefaultHttpContext { Request = { QueryString = new QueryString(query.Length == 0 ? "" : "?" + query) } }.Request;
        return new TicketSelection(db, [.. TicketFilter.Read(request, db, Now), .. await CustomFieldFilter.Read(request, db, default)]);
    }

    private static async Task Walks(HelpDesk.Database.HelpDeskDb db, IQueryable<TicketSpot> list)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = list.Take(51).CreateDbCommand();
        command.CommandText = "explain (format json) " + command.CommandText;
        var plan = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!["Plan"]!;
        foreach (var node in Nodes(plan))
        {
            var type = (string)node["Node Type"]!;
            Assert.That(type == "Seq Scan" && (string?)node["Relation Name"] is ("tickets" or "ticket_marks"), Is.False, plan.ToJsonString());
            if (type.Contains("Sort", StringComparison.Ordinal)) Assert.That((double)node["Plans"]![0]!["Plan Rows"]!, Is.LessThan(FewPages), plan.ToJsonString());
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        (node["Plans"] as JsonArray ?? []).SelectMany(child => Nodes(child!)).Prepend(node);
}
