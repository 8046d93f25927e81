using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Dossiers;

internal sealed class MergeTests : DeskFixture
{
    private static string Path(JsonNode customer, string part = "") => $"/v1/customers/{customer["id"]}{part}";

    private Task<HttpResponseMessage> Merge(JsonNode merged, JsonNode into) => Desk.Admin.Post(Path(merged, "/merge"), $$"""{ "into": "{{into["id"]}}" }""");

    private async Task<JsonNode> RequesterOf(JsonNode ticket) => (await Read(ticket))["requesterId"]!;

    [Test]
    public async Task The_survivor_keeps_what_it_knows_and_learns_the_rest()
    {
        var organisation = await Desk.Admin.Make("/v1/organisations", """{ "name": "o", "tier": "gold", "domains": ["work.example"] }""");
        var merged = await Customer("""
            { "emails": ["ada@work.example", "ada@b.example"], "name": "Ada L.", "locale": "tr", "timeZone": "Europe/Istanbul", "tier": "silver",
              "preferredChannel": "inbox", "optOut": true, "quietHours": { "from": "22:00", "to": "07:00" } }
            """);
        var survivor = await Customer("""{ "email": "ada@home.example", "name": "Ada", "locale": "fi" }""");
        var answer = await Merge(merged, survivor);
        var left = await answer.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left["emails"]!.ToJsonString(), Is.EqualTo("""["ada@home.example","ada@work.example","ada@b.example"]"""));
            Assert.That(((string?)left["email"], (string?)left["name"], (string?)left["locale"]), Is.EqualTo(("ada@home.example", "Ada", "fi")));
            Assert.That(((string?)left["timeZone"], (string?)left["tier"], left["quietHours"]!.ToJsonString()), Is.EqualTo(("Europe/Istanbul", "silver", """{"from":"22:00","to":"07:00"}""")));
            Assert.That(((string?)left["preferredChannel"], (bool?)left["optOut"]), Is.EqualTo(("email", false)));
            Assert.That((string?)left["organisationId"], Is.EqualTo((string?)organisation["id"]));
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"2\""));
            Assert.That(JsonNode.DeepEquals(left, await Desk.Admin.GetAsync(Path(survivor)).Json()));
        }
        var told = JsonNode.Parse((await Database.Ask<string>("select data::text from events where type = 'customer.merged'"))!)!;
        Assert.That(((string?)told["customerId"], (string?)told["mergedId"], (string?)told["changes"]!["tier"]!["to"]), Is.EqualTo(((string?)survivor["id"], (string?)merged["id"], "silver")));
    }

    [Test]
    public async Task Tickets_move_with_their_promises_untouched()
    {
        await Policy();
        var (merged, survivor) = (await Customer("""{ "email": "a@example.org" }"""), await Customer("""{ "email": "b@example.org" }"""));
        var (ticket, other) = (await OpenFor(merged), await OpenFor(survivor));
        var before = await Read(ticket);
        await Merge(merged, survivor).Json();
        var after = await Get(ticket);
        var read = await after.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)read["requesterId"], Is.EqualTo((string?)survivor["id"]));
            Assert.That((string?)read["requester"]!["email"], Is.EqualTo("b@example.org"));
            Assert.That(after.Headers.ETag!.Tag, Is.EqualTo("\"2-2\""));
            Assert.That(JsonNode.DeepEquals(read["commitments"], before["commitments"]));
            Assert.That((await Get(other)).Headers.ETag!.Tag, Is.EqualTo("\"1-2\""));
            Assert.That(await Database.Ask<long>("select count(*) from deliveries where customer_id = $1", Guid.Parse((string)survivor["id"]!)), Is.EqualTo(2));
            Assert.That(
                (await Read(ticket, "/timeline"))["items"]!.AsArray().Last()!["data"]!["changes"]!["requesterId"]!.ToJsonString(),
                Is.EqualTo($$"""{"to":"{{survivor["id"]}}","from":"{{merged["id"]}}"}"""));
        }
        await Advance("PT4H");
        var outgoing = (await Deliveries(ticket)).Select(item => $"{item["kind"]} {item["recipient"]}").ToList();
        Assert.That(outgoing[0], Is.EqualTo("acknowledgement a@example.org"));
        Assert.That(outgoing.Skip(1), Is.Not.Empty.And.All.EqualTo("follow_up b@example.org"));
    }

    [Test]
    public async Task A_ticket_goes_under_the_survivor_s_organisation()
    {
        var organisation = await Desk.Admin.Make("/v1/organisations", """{ "name": "o", "domains": ["b.example"] }""");
        var (merged, survivor) = (await Customer("""{ "email": "a@a.example" }"""), await Customer("""{ "email": "b@b.example" }"""));
        var ticket = await OpenFor(merged);
        await Merge(merged, survivor).Json();
        Assert.That((string?)(await Read(ticket))["organisationId"], Is.EqualTo((string?)organisation["id"]));
        Assert.That(
            (await Read(ticket, "/timeline"))["items"]!.AsArray().Last()!["data"]!["changes"]!["organisationId"]!.ToJsonString(), Is.EqualTo($$"""{"to":"{{organisation["id"]}}","from":null}"""));
    }

    [Test]
    public async Task The_id_of_the_one_that_was_merged_leads_to_the_survivor_however_many_merges_came_after()
    {
        var (first, second, third) = (await Customer("""{ "email": "a@example.org" }"""), await Customer("{}"), await Customer("{}"));
        await Merge(first, second).Json();
        await Merge(second, third).Json();
        foreach (var gone in new[] { first, second })
        {
            var notFound = await Desk.Admin.GetAsync(Path(gone)).Problem(HttpStatusCode.NotFound, "customer-merged");
            Assert.That((string?)notFound["mergedInto"], Is.EqualTo((string?)third["id"]));
            await Desk.Admin.GetAsync(Path(gone, "/export")).Problem(HttpStatusCode.NotFound, "customer-merged");
            var refused = await Desk.Admin.Patch(Path(gone), """{ "name": "x" }""").Problem(HttpStatusCode.Conflict, "customer-merged");
            Assert.That((string?)refused["mergedInto"], Is.EqualTo((string?)third["id"]));
            await Desk.Admin.Delete(Path(gone)).Problem(HttpStatusCode.Conflict, "customer-merged");
            await Merge(gone, third).Problem(HttpStatusCode.Conflict, "customer-merged");
            await Merge(third, gone).Problem(HttpStatusCode.Conflict, "customer-merged");
            Assert.That((string?)(await OpenFor(gone))["requesterId"], Is.EqualTo((string?)third["id"]));
        }
        Assert.That((string?)(await Open(requester: """{ "email": "a@example.org" }"""))["requesterId"], Is.EqualTo((string?)third["id"]));
        Assert.That(await Desk.Admin.Members("/v1/customers", "id"), Is.EqualTo(new[] { (string?)third["id"] }));
    }

    [Test]
    public async Task What_cannot_be_merged_is_refused()
    {
        var customer = await Customer("{}");
        await Merge(customer, customer).Problem(HttpStatusCode.UnprocessableEntity, "merge-with-itself");
        var nobody = JsonNode.Parse("""{ "id": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")!;
        await Merge(nobody, customer).Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That((await Merge(customer, nobody).Problem(HttpStatusCode.UnprocessableEntity, "unknown-customer"))["errors"]!["into"], Is.Not.Null);
        var erased = await Customer("{}");
        await Desk.Admin.Delete(Path(erased)).Gone();
        await Merge(customer, erased).Problem(HttpStatusCode.UnprocessableEntity, "unknown-customer");
        await Desk.Admin.Post(Path(customer, "/merge"), "{}").Refuses("into");
        await Desk.Admin.Post(Path(customer, "/merge"), """{ "into": "x" }""").Refuses("into");
        await Desk.Admin.Post(Path(customer, "/merge"), """{ "into": null }""").Refuses("into");
        string Many(string at) => string.Join(", ", Enumerable.Range(0, 26).Select(number => $"\"a{number}@{at}\""));
        var (one, other) = (await Customer($$"""{ "emails": [{{Many("a.example")}}] }"""), await Customer($$"""{ "emails": [{{Many("b.example")}}] }"""));
        await Merge(one, other).Problem(HttpStatusCode.Conflict, "too-many-addresses");
        await Desk.Admin.GetAsync(Path(one)).Json();
    }

    [Test]
    public async Task An_address_that_comes_with_the_merged_one_is_as_reachable_as_it_was()
    {
        var (merged, survivor) = (await Customer("""{ "email": "a@example.org" }"""), await Customer("{}"));
        await Database.Execute("update customers set unreachable_since = '2026-03-01T08:00:00Z' where id = $1", Guid.Parse((string)merged["id"]!));
        Assert.That((string?)(await Merge(merged, survivor).Json())["unreachableSince"], Is.EqualTo("2026-03-01T08:00:00Z"));
    }

    [Test]
    public async Task Of_merges_that_cross_one_wins_and_none_hangs()
    {
        for (var round = 0; round < 8; round++)
        {
            var (one, other) = (await Customer($$"""{ "email": "a{{round}}@example.org" }"""), await Customer($$"""{ "email": "b{{round}}@example.org" }"""));
            var tickets = new[] { await OpenFor(one), await OpenFor(other) };
            var answers = await Task.WhenAll(Merge(one, other), Merge(other, one), Merge(one, other), Merge(other, one));
            Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 3).Prepend(HttpStatusCode.OK)));
            Assert.That((string?)await RequesterOf(tickets[0]), Is.EqualTo((string?)await RequesterOf(tickets[1])));
        }
    }

    [Test]
    public async Task Merges_in_a_ring_leave_every_ticket_with_one_who_is_there()
    {
        var ring = new List<JsonNode>();
        for (var number = 0; number < 6; number++) ring.Add(await Customer($$"""{ "email": "c{{number}}@example.org" }"""));
        foreach (var customer in ring) await OpenFor(customer);
        var answers = await Task.WhenAll(ring.Select((customer, index) => Merge(customer, ring[(index + 1) % ring.Count])));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await Database.Ask<long>("select count(*) from tickets t join customers c on c.id = t.requester_id join customer_addresses a on a.customer_id = c.id and a.email = c.email"), Is.EqualTo(6));
        Assert.That(await Database.Ask<long>("select count(*) from customer_addresses"), Is.EqualTo(6));
    }

    [Test]
    public async Task A_ticket_posted_while_its_customer_is_merged_is_the_survivor_s()
    {
        await Policy();
        for (var round = 0; round < 6; round++)
        {
            var (merged, survivor) = (await Customer($$"""{ "email": "a{{round}}@example.org" }"""), await Customer($$"""{ "email": "b{{round}}@example.org" }"""));
            var posts = Enumerable.Range(0, 4).Select(_ => OpenFor(merged))
                .Concat(Enumerable.Range(0, 4).Select(_ => Open(requester: $$"""{ "email": "a{{round}}@example.org" }"""))).ToList();
            await Merge(merged, survivor).Json();
            foreach (var ticket in await Task.WhenAll(posts)) Assert.That((string?)await RequesterOf(ticket), Is.EqualTo((string?)survivor["id"]));
        }
    }

    [Test]
    public async Task A_ticket_that_found_its_customer_just_before_she_was_merged_looks_again()
    {
        var (merged, survivor) = (await Customer("""{ "email": "a@example.org" }"""), await Customer("""{ "email": "b@example.org" }"""));
        var (id, into) = (Guid.Parse((string)merged["id"]!), Guid.Parse((string)survivor["id"]!));
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        async Task Run(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id }, new() { Value = into } } };
            await command.ExecuteNonQueryAsync();
        }

        await Run("select from customers where id in ($1, $2) for update");
        var post = OpenFor(merged);
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0) await Task.Yield();
        await Run("with gone as (delete from customers where id = $1) insert into customer_merges (id, into_id, merged_at) values ($1, $2, '2026-03-02')");
        await transaction.CommitAsync();
        Assert.That((string?)(await post)["requesterId"], Is.EqualTo((string?)survivor["id"]));
    }
}
