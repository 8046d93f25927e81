using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Database;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Access;

/// <summary>Who is held to queues sees, counts and writes the tickets in them; for all others there are no others.</summary>
internal sealed class QueueSightTests : DeskFixture
{
    /// <summary>What is sent to each writing route of a ticket. A new one is added here, so that it is walked too.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["PATCH /v1/tickets/{id:long}"] = """{ "tags": ["walked"] }""",
        ["POST /v1/tickets/{id:long}/messages"] = """{ "author": "agent", "body": "Words." }""",
        ["POST /v1/tickets/{id:long}/promises"] = """{ "words": "I will call you", "promisedAt": "2026-03-05T08:00:00Z" }""",
        ["PUT /v1/tickets/{id:long}/promises/{promiseId:guid}/fulfilment"] = "",
        ["POST /v1/tickets/{id:long}/remedies"] = """{ "text": "Cake." }""",
        ["POST /v1/tickets/{id:long}/attachments"] = Uploads.OneFile,
        ["POST /v1/tickets/{id:long}/links"] = """{ "type": "relates", "ticketId": OTHER }""",
        ["DELETE /v1/tickets/{id:long}/links/{linkId:guid}"] = "",
        ["POST /v1/tickets/{id:long}/split"] = """{ "messageIds": ["MESSAGE"] }""",
        ["POST /v1/tickets/{id:long}/page-link"] = "",
        ["DELETE /v1/tickets/{id:long}/page-link"] = "",
        ["POST /v1/tickets/{id:long}/merge"] = """{ "into": OTHER }""",
    };

    /// <summary>
    /// Tables whose rows belong to no ticket: nobody is held to queues there. Links belong to two: they are listed as far as both are seen, and a test below
    /// holds that. Attempts are asked for with their delivery.
    /// </summary>
    private static readonly string[] OfNoTicket =
        ["custom_fields", "ticket_links", "delivery_attempts", "agents", "organisations", "organisation_domains", "queues", "customer_addresses", "customer_merges", "api_keys", "calendars", "calendar_versions", "customers", "policies", "policy_versions", "advisories", "templates", "template_versions", "webhook_secrets", "webhooks", "long_work", "holiday_feeds"];

    private JsonNode theirs = null!;
    private JsonNode ours = null!;
    private HttpClient held = null!;

    [SetUp]
    public async Task Two_queues()
    {
        await Policy();
        theirs = await Furnished("billing");
        ours = await Furnished("sales");
        held = await Key("""["sales","marketing"]""");
    }

    [Test]
    public async Task On_every_route_of_a_ticket_one_of_another_queue_is_not_there()
    {
        await Post(theirs, "/links", $$"""{ "type": "blocks", "ticketId": {{ours["id"]}} }""").Json(HttpStatusCode.Created);
        var before = await Database.Ask<string>("select string_agg(t::text, '') from tickets t where queue = 'billing'");
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, pattern) in TicketRoutes())
            {
                var problem = await (await Send(method, pattern, theirs)).Json(HttpStatusCode.NotFound);
                Assert.That((string?)problem["type"], Is.EqualTo("urn:helpdesk:not-found"), $"{method} {pattern}");
            }

            Assert.That(await Database.Ask<string>("select string_agg(t::text, '') from tickets t where queue = 'billing'"), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task On_every_route_of_a_ticket_one_of_its_own_queue_is_there()
    {
        await Post(ours, "/links", $$"""{ "type": "blocks", "ticketId": {{(await Furnished("marketing"))["id"]}} }""").Json(HttpStatusCode.Created);
        // For a remedy something must be broken.
        await Post(ours, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-02T09:00:00Z" }""").Json(HttpStatusCode.Created);
        await Now("2026-03-02T10:00:00Z");
        using (Assert.EnterMultipleScope())
        {
            foreach (var (method, pattern) in TicketRoutes())
            {
                var answer = await Send(method, pattern, ours);
                Assert.That(answer.IsSuccessStatusCode, Is.True, $"{method} {pattern}: {await answer.Content.ReadAsStringAsync()}");
            }
        }
    }

    [Test]
    public async Task A_ticket_without_a_queue_is_seen_by_those_who_see_all()
    {
        var loose = await Open();
        await held.GetAsync($"/v1/tickets/{loose["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(await Ids(held, "/v1/tickets"), Is.EqualTo(new[] { (long)ours["id"]! }));
        Assert.That(await Ids(Desk.Admin, "/v1/tickets"), Has.Length.EqualTo(3));
    }

    [TestCase("")]
    [TestCase("?sort=createdAt")]
    [TestCase("?sort=promisedAt")]
    [TestCase("?sort=-updatedAt")]
    [TestCase("?queue=billing,sales")]
    [TestCase("?requester=ada@example.org")]
    [TestCase("?state=running")]
    [TestCase("?limit=1")]
    public async Task A_list_has_its_tickets_alone_and_knows_of_no_further_page(string query)
    {
        var page = await held.GetAsync("/v1/tickets" + query).Json();
        Assert.That(page["items"]!.AsArray().Select(item => (long)item!["id"]!), Is.EqualTo(new[] { (long)ours["id"]! }));
        Assert.That(page["nextCursor"], Is.Null);
    }

    [Test]
    public async Task Outgoing_messages_of_other_queues_are_not_there()
    {
        var all = (await Desk.Admin.GetAsync("/v1/deliveries").Json())["items"]!.AsArray();
        var seen = (await held.GetAsync("/v1/deliveries").Json())["items"]!.AsArray();
        var unseen = all.First(item => (long?)item!["ticketId"] == (long)theirs["id"]!)!["id"];
        await Database.Execute("update deliveries set state = 'dead', ended_at = created_at");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.Not.Empty);
            Assert.That(seen.Select(item => (long?)item!["ticketId"]), Is.All.EqualTo((long)ours["id"]!));
            Assert.That((await held.GetAsync($"/v1/deliveries?ticket={theirs["id"]}").Json())["items"]!.AsArray(), Is.Empty);
            await held.GetAsync($"/v1/deliveries/{unseen}").Problem(HttpStatusCode.NotFound, "not-found");
            await held.GetAsync($"/v1/deliveries/{unseen}/attempts").Problem(HttpStatusCode.NotFound, "not-found");
            await held.Post($"/v1/deliveries/{unseen}/retry", "").Problem(HttpStatusCode.NotFound, "not-found");
            var refused = (await held.Post("/v1/deliveries/retry", $$"""{ "ids": ["{{unseen}}"] }""").Json())["refused"]!.AsArray();
            Assert.That((string?)refused.Single()!["type"], Is.EqualTo("urn:helpdesk:not-found"));
            Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued'"), Is.Zero);
            await held.Post($"/v1/deliveries/{seen[0]!["id"]}/retry", "").Json();
        }
    }

    [TestCase("""{ "queue": "billing" }""")]
    [TestCase("""{ "queue": null }""")]
    public async Task A_ticket_is_not_put_out_of_its_caller_s_sight(string patch)
    {
        await held.Send(HttpMethod.Patch, $"/v1/tickets/{ours["id"]}", patch).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        Assert.That((string?)(await Read(ours))["queue"], Is.EqualTo("sales"));
        await held.Send(HttpMethod.Patch, $"/v1/tickets/{ours["id"]}", """{ "queue": "marketing" }""").Json();
    }

    [TestCase(""", "queue": "billing" """)]
    [TestCase("")]
    public async Task A_ticket_is_not_posted_out_of_its_caller_s_sight(string queue)
    {
        var problem = await held.Post("/v1/tickets", $$"""{ "subject": "x", "requester": {{Ada}}{{queue}} }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        Assert.That((string?)problem["detail"], Does.Contain("sales, marketing").And.Not.Contain("billing"));
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_continues_a_ticket_of_its_queue_lies_in_its_queue_too()
    {
        await Patch(ours, """{ "status": "closed" }""").Json();
        var message = await held.Post($"/v1/tickets/{ours["id"]}/messages", """{ "author": "customer", "body": "Still burning." }""").Json(HttpStatusCode.Created);
        Assert.That((long)message["ticketId"]!, Is.Not.EqualTo((long)ours["id"]!));
        await held.GetAsync($"/v1/tickets/{message["ticketId"]}").Json();
    }

    [Test]
    public async Task Who_is_held_to_queues_is_never_the_desk_s_admin()
    {
        Assert.That(await Desk.Admin.Post("/v1/api-keys", """{"name":"x","scopes":["admin"],"queues":["sales"]}""").Refuses("queues"), Does.Contain("admin"));
        await held.GetAsync("/v1/api-keys").Problem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Test]
    public async Task Links_to_tickets_of_other_queues_are_not_told_of()
    {
        await Post(ours, "/links", $$"""{ "type": "relates", "ticketId": {{theirs["id"]}} }""").Json(HttpStatusCode.Created);
        var other = await Furnished("sales");
        await Post(other, "/links", $$"""{ "type": "blocks", "ticketId": {{ours["id"]}} }""").Json(HttpStatusCode.Created);
        var hidden = await Database.Ask<string>("select id::text from ticket_links where to_id = $1", (long)theirs["id"]!);
        await held.DeleteAsync($"/v1/tickets/{ours["id"]}/links/{hidden}").Problem(HttpStatusCode.NotFound, "not-found");
        var links = (await held.GetAsync($"/v1/tickets/{ours["id"]}/links").Json())["items"]!.AsArray();
        Assert.That(links.Select(link => (long)link!["ticketId"]!), Is.EqualTo(new[] { (long)other["id"]! }));
    }

    [Test]
    public async Task An_external_reference_that_a_ticket_of_another_queue_has_is_taken_by_nobody_known()
    {
        await Patch(theirs, """{ "externalRef": "crm-42" }""").Json();
        var problem = await held.Post("/v1/tickets", $$"""{ "subject": "x", "queue": "sales", "requester": {{Ada}}, "externalRef": "crm-42" }""").Problem(HttpStatusCode.Conflict, "external-ref-taken");
        Assert.That((problem["ticketId"], (string?)problem["detail"]), Is.EqualTo(((JsonNode?)null, "Another ticket has this externalRef of this externalSource already.")));
        problem = await held.Patch($"/v1/tickets/{ours["id"]}", """{ "externalRef": "crm-42" }""").Problem(HttpStatusCode.Conflict, "external-ref-taken");
        Assert.That(problem["ticketId"], Is.Null);
    }

    [Test]
    public async Task In_bulk_tickets_of_other_queues_are_not_there()
    {
        var items = (await held.Post("/v1/tickets/bulk", $$"""{ "ids": [{{theirs["id"]}}, {{ours["id"]}}], "patch": { "priority": "urgent" } }""").Json())["items"]!.AsArray();
        Assert.That(items.Select(item => (int)item!["status"]!), Is.EqualTo(new[] { 404, 200 }));
        Assert.That((string?)(await Read(theirs))["priority"], Is.EqualTo("normal"));
    }

    [Test]
    public async Task A_ticket_is_not_merged_into_one_of_another_queue() =>
        await held.Post($"/v1/tickets/{ours["id"]}/merge", $$"""{ "into": {{theirs["id"]}} }""").Problem(HttpStatusCode.UnprocessableEntity, "unknown-ticket");

    [Test]
    public async Task Search_finds_tickets_of_its_queues_alone()
    {
        var found = (await held.GetAsync("/v1/tickets?q=burns").Json())["items"]!.AsArray();
        Assert.That(found.Select(item => (long)item!["id"]!), Is.EqualTo(new[] { (long)ours["id"]! }));
    }

    [TestCase("POST", "/merge", """{ "into": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")]
    [TestCase("GET", "/export", null)]
    [TestCase("DELETE", "", null)]
    public async Task What_concerns_tickets_in_every_queue_is_not_for_it(string method, string part, string? body) =>
        await held.Send(new(method), $"/v1/customers/{ours["requesterId"]}{part}", body).Problem(HttpStatusCode.Forbidden, "queue-forbidden");

    [Test]
    public async Task Sweeps_see_every_ticket()
    {
        var happened = await Advance("PT5H");
        Assert.That(happened, Has.Some.Contains("follow_up"));
        Assert.That(await Database.Ask<long>("select count(distinct ticket_id) from follow_ups"), Is.EqualTo(2));
    }

    [Test]
    public async Task Every_table_is_held_to_the_caller_s_queues_or_belongs_to_no_ticket()
    {
        await using var db = Database.NewContext();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OfNoTicket, Is.SubsetOf(db.Model.GetEntityTypes().Select(entity => entity.GetTableName())), "a table that is gone needs no place here");
            foreach (var entity in db.Model.GetEntityTypes())
            {
                var isHeld = entity.FindDeclaredQueryFilter(QueueSight.Filter) is not null;
                Assert.That(isHeld, Is.Not.EqualTo(OfNoTicket.Contains(entity.GetTableName())), entity.GetTableName());
            }
        }
    }

    [Test]
    public async Task Who_sees_all_pays_nothing_for_it()
    {
        await using var db = Database.NewContext();
        var sql = db.Set<TicketRow>().Where(row => row.Id > 7).Select(row => row.Id).ToQueryString();
        Assert.That(sql, Does.Not.Contain("queue"));
    }

    private List<(string Method, string Pattern)> TicketRoutes()
    {
        var routes = Desk.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/v1/tickets/{id", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, Pattern: endpoint.RoutePattern.RawText!.TrimEnd('/'))))
            // What is read is there before; a ticket is merged last.
            .OrderBy(route => Bodies.Keys.ToList().IndexOf($"{route.Method} {route.Pattern}"))
            .ToList();
        Assert.That(routes, Has.Count.GreaterThan(9));
        Assert.That(Bodies.Keys, Is.SubsetOf(routes.Select(route => $"{route.Method} {route.Pattern}")), "a route that is gone needs no body");
        return routes;
    }

    private async Task<HttpResponseMessage> Send(string method, string pattern, JsonNode ticket)
    {
        var address = pattern.Replace("{id:long}", $"{ticket["id"]}")
            .Replace("{linkId:guid}", await Database.Ask<string>("select coalesce((select id::text from ticket_links where from_id = $1 limit 1), '')", (long)ticket["id"]!))
            .Replace("{attachmentId:guid}", await Database.Ask<string>("select id::text from attachments where ticket_id = $1 limit 1", (long)ticket["id"]!))
            .Replace("{messageId:guid}", await Database.Ask<string>("select id::text from messages where ticket_id = $1 limit 1", (long)ticket["id"]!))
            .Replace("{promiseId:guid}", await Database.Ask<string>(
                "select p.id::text from promises p join commitments c on c.id = p.commitment_id where c.ticket_id = $1 and c.kind = 'callback' limit 1", (long)ticket["id"]!));
        Assert.That(address, Does.Not.Contain("{"), "say above what stands for it");
        if (method == "GET") return await held.GetAsync(address);
        Assert.That(Bodies, Contains.Key($"{method} {pattern}"), "say above what to send");
        var body = Bodies[$"{method} {pattern}"]
            .Replace("OTHER", $"{(await Furnished("sales"))["id"]}")
            .Replace("MESSAGE", await Database.Ask<string>("select id::text from messages where ticket_id = $1 order by sequence limit 1", (long)ticket["id"]!));
        return await held.Send(new(method), address, body.Length > 0 ? body : null, Uploads.TypeOf(body));
    }

    private async Task<JsonNode> Furnished(string queue)
    {
        var ticket = await Open($"\"queue\": \"{queue}\"");
        await Post(ticket, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-04T08:00:00Z" }""").Json(HttpStatusCode.Created);
        await Said(ticket, "customer");
        await Desk.Admin.Send(HttpMethod.Post, $"/v1/tickets/{ticket["id"]}/attachments", Uploads.OneFile, Uploads.TypeOf(Uploads.OneFile)).Json(HttpStatusCode.Created);
        return ticket;
    }

    /// <summary>A key with every scope but admin.</summary>
    private async Task<HttpClient> Key(string queues)
    {
        var scopes = string.Join(',', HelpDesk.Access.Scopes.All.Where(scope => scope != HelpDesk.Access.Scopes.Admin).Select(scope => $"\"{scope}\""));
        var made = await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "held", "scopes": [{{scopes}}], "queues": {{queues}} }""").Json(HttpStatusCode.Created);
        return Desk.With((string)made["key"]!);
    }

    private static async Task<long[]> Ids(HttpClient caller, string address) =>
        [.. (await caller.GetAsync(address).Json())["items"]!.AsArray().Select(item => (long)item!["id"]!)];
}
