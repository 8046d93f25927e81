using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Dossiers;

internal sealed class ExportTests : DeskFixture
{
    [Test]
    public async Task Everything_kept_of_a_customer_is_one_document()
    {
        await Policy();
        var customer = await Customer("""{ "emails": ["a@example.org", "b@example.org"], "name": "Ada" }""");
        var (first, second) = (await OpenFor(customer), await OpenFor(customer));
        await Open(requester: """{ "email": "eve@example.org" }""");
        await Said(first, "agent", body: "We are on it.");
        await Said(first, "agent", """ "visibility": "internal" """, body: "She is right.");
        await Now("2026-03-02T13:00:00Z");
        await Advance("PT0S");
        await Post(second, "/remedies", """{ "text": "Cake." }""").Json(HttpStatusCode.Created);
        var answer = await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}/export");
        var export = await answer.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentDisposition!.ToString(), Is.EqualTo($"attachment; filename=\"customer-{customer["id"]}.json\""));
            Assert.That((string?)export["exportedAt"], Is.EqualTo("2026-03-02T13:00:00Z"));
            Assert.That(export["customer"]!["emails"]!.AsArray(), Has.Count.EqualTo(2));
            Assert.That(export["tickets"]!.AsArray().Select(item => (long?)item!["ticket"]!["id"]), Is.EqualTo(new[] { (long?)first["id"], (long?)second["id"] }));
            Assert.That(export["tickets"]![0]!["ticket"]!["commitments"]![0]!["promises"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(export["tickets"]![0]!["messages"]!.AsArray().Select(item => (string?)item!["body"]), Is.EqualTo(new[] { "It burns.", "We are on it.", "She is right." }));
            Assert.That(export["deliveries"]!.AsArray().Select(item => (string?)item!["kind"]), Is.EqualTo(new[] { "acknowledgement", "acknowledgement", "reply", "recovery", "remedy" }));
            Assert.That((export["tickets"]![1]!["recoveries"]!.AsArray().Count, (string?)export["tickets"]![1]!["remedies"]![0]!["text"]), Is.EqualTo((1, "Cake.")));
            Assert.That((string?)export["deliveries"]![2]!["text"], Does.Contain("We are on it."));
        }
    }

    [Test]
    public async Task What_she_wrote_is_hers_also_where_her_ticket_was_merged_into_another_s()
    {
        var customer = await Customer("""{ "email": "a@example.org" }""");
        var (hers, others) = (await OpenFor(customer), await Open(requester: """{ "email": "eve@example.org" }"""));
        await Said(others, "customer", body: "Eve's own.");
        await Post(hers, "/merge", $$"""{ "into": {{others["id"]}} }""").Json();
        await Said(hers, "customer", body: "Any news?");
        var export = await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}/export").Json();
        Assert.That(export["tickets"]![0]!["messages"]!.AsArray().Select(item => (string?)item!["body"]), Is.EqualTo(new[] { "It burns.", "Any news?" }));
        await Desk.Admin.Delete($"/v1/customers/{customer["id"]}").Gone();
        Assert.That((await Read(others, "/messages"))["items"]!.AsArray().Select(item => (string?)item!["body"]), Is.EqualTo(new[] { "(erased)", "It burns.", "Eve's own.", "(erased)" }));
        var read = await Desk.Admin.GetAsync($"/v1/tickets/{others["id"]}");
        Assert.That(read.Headers.ETag!.Tag, Is.EqualTo("\"5\""), "opened, said, merged, said, erased");
    }

    [Test]
    public async Task However_much_there_is_all_of_it_is_there_once_and_in_order()
    {
        var customer = await Customer("{}");
        var ticket = await OpenFor(customer);
        await Database.Execute(
            """
            insert into messages (id, ticket_id, author, visibility, automated, body, created_at)
            select gen_random_uuid(), $1, 'agent', 'public', false, 'm' || number, '2026-03-02' from generate_series(1, 250) as number
            """, (long)ticket["id"]!);
        await Database.Execute(
            """
            insert into tickets (id, row_version, subject, status, priority, channel, tags, custom_fields, created_by, requester_id, public_token, clock, created_at, updated_at)
            select nextval('ticket_numbers'), 1, 's', status, priority, channel, tags, custom_fields, created_by, requester_id, gen_random_uuid()::text, clock, created_at, updated_at
            from tickets, generate_series(1, 249)
            """);
        var export = await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}/export").Json();
        var tickets = export["tickets"]!.AsArray().Select(item => (long)item!["ticket"]!["id"]!).ToList();
        Assert.That(tickets, Has.Count.EqualTo(250).And.Unique.And.Ordered);
        Assert.That(export["tickets"]![0]!["messages"]!.AsArray().Select(item => (string?)item!["body"]), Is.EqualTo(Enumerable.Range(1, 250).Select(number => $"m{number}").Prepend("It burns.")));
    }

    [Test]
    public async Task Only_who_may_read_customers_tickets_and_mail_gets_it()
    {
        var customer = await Customer("{}");
        Task<HttpResponseMessage> Export(JsonNode key) => Desk.With((string)key["key"]!).GetAsync($"/v1/customers/{customer["id"]}/export");
        foreach (var scopes in new[] { """ "tickets:read" """, """ "customers:read" """, """ "customers:read", "tickets:read" """, """ "customers:read", "messages:read" """ })
        {
            await Export(await Desk.Admin.Make("/v1/api-keys", $$"""{ "name": "k", "scopes": [{{scopes}}] }""")).Problem(HttpStatusCode.Forbidden, "forbidden");
        }
        await Export(await Desk.Admin.Make("/v1/api-keys", """{ "name": "k", "scopes": ["customers:read", "tickets:read", "messages:read"] }""")).Json();
        await Desk.Admin.GetAsync("/v1/customers/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/export").Problem(HttpStatusCode.NotFound, "not-found");
    }
}
