using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Dossiers;

internal sealed class EraseTests : DeskFixture
{
    private static readonly string[] Canaries =
    [
        "canary1@", "canary2@", "canary3@", "Canaria", "Merganser", "nn-NO", "Antarctica/Troll", "21:37", "tier-canary", "Subject-canary", "Body-canary", "Field-canary", "7654321", "ref-canary",
        "Reason-canary", "author-canary", "Answer-canary", "Note-canary", "Words-canary", "Remedy-canary", "Renamed-canary", "Second-canary", "mailbox-canary",
        "source-canary", "watcher-canary", "file-canary", "Merged-canary", "Later-canary", "later-author-canary", "moved-canary",
    ];

    private static string Path(JsonNode customer, string part = "") => $"/v1/customers/{customer["id"]}{part}";

    /// <summary>A customer who has left something in every place that there is.</summary>
    private async Task<(JsonNode Customer, JsonNode Ticket)> Everywhere()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT40H", "hours": "around_the_clock" } }""");
        var merged = await Customer("""{ "email": "canary3@example.org", "name": "Merganser" }""");
        var customer = await Customer("""
            { "emails": ["canary1@example.org", "canary2@example.org"], "name": "Canaria", "locale": "nn-NO", "timeZone": "Antarctica/Troll", "tier": "tier-canary",
              "quietHours": { "from": "21:37", "to": "21:38" } }
            """);
        await Desk.Admin.Post(Path(merged, "/merge"), $$"""{ "into": "{{customer["id"]}}" }""").Json();
        var ticket = await Open(
            """ "customFields": { "phone": 7654321, "x": { "y": ["Field-canary"] } }, "externalRef": "ref-canary", "externalSource": "source-canary", "watchers": ["watcher-canary@example.org"], "queue": "billing", "tags": ["vip"] """,
            """{ "email": "canary2@example.org" }""");
        await Patch(ticket, """{ "subject": "Subject-canary" }""").Json();
        await Patch(ticket, """{ "reason": "Reason-canary", "customFields": { "phone": 76543210 }, "externalRef": "ref-canary-2" }""").Json();
        await Said(ticket, "customer", """ "authorId": "author-canary" """, "Body-canary");
        await Said(ticket, "agent", """ "visibility": "internal" """, "Note-canary");
        await Desk.Admin.Send(
            HttpMethod.Post, $"/v1/tickets/{ticket["id"]}/attachments", Uploads.OneFile.Replace("note.txt", "file-canary.txt"), "multipart/form-data; boundary=part").Json(HttpStatusCode.Created);
        var others = await Open(""" "watchers": ["canary2@example.org"] """, """{ "email": "other@example.org" }""");
        await Patch(others, """{ "watchers": ["canary1@example.org", "friend@example.org"] }""").Json();
        await Said(others, "agent", body: "For everybody");
        await Patch(await Open(""" "watchers": ["canary2@example.org"] """, """{ "email": "other@example.org" }"""), """{ "watchers": [] }""").Json();
        var absorbed = await Open(requester: """{ "email": "canary1@example.org" }""");
        await Said(absorbed, "customer", body: "Merged-canary");
        await Post(absorbed, "/merge", $$"""{ "into": {{others["id"]}} }""").Json();
        var file = await Desk.Admin.Send(
            HttpMethod.Post, $"/v1/tickets/{absorbed["id"]}/attachments", Uploads.OneFile.Replace("note.txt", "moved-canary.txt"), "multipart/form-data; boundary=part").Json(HttpStatusCode.Created);
        await Said(absorbed, "customer", $$""" "authorId": "later-author-canary", "attachments": ["{{file["items"]![0]!["id"]}}"] """, "Later-canary");
        await Post(ticket, "/promises", """{ "words": "Words-canary", "promisedAt": "2026-03-04T08:00:00Z" }""").Json(HttpStatusCode.Created);
        await Advance("PT10H");
        await Post(ticket, "/remedies", """{ "text": "Remedy-canary" }""").Json(HttpStatusCode.Created);
        await Said(ticket, "agent", body: "Answer-canary");
        await Desk.Admin.Patch(Path(customer), """{ "name": "Renamed-canary" }""").Json();
        await Open(""" "category": "kept" """, $$"""{ "email": "canary1@example.org" }""");
        await Database.Execute("update tickets set subject = 'Second-canary' where category = 'kept'");
        await Database.Execute("update deliveries set state = 'failed', sent_at = null, ended_at = null, last_error = '550 mailbox-canary' where sequence = (select max(sequence) from deliveries)");
        return (customer, ticket);
    }

    [Test]
    public async Task Nothing_personal_is_left_anywhere()
    {
        var (customer, _) = await Everywhere();
        var before = await Dump();
        Assert.That(Canaries.Where(canary => !before.Contains(canary, StringComparison.Ordinal)), Is.Empty, "they must have been everywhere first");
        await Desk.Admin.Delete(Path(customer)).Gone();
        var after = await Dump();
        Assert.That(Canaries.Where(canary => after.Contains(canary, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That(after, Does.Contain("friend@example.org").And.Contain("other@example.org"));
    }

    [Test]
    public async Task Figures_stay_and_so_does_what_happened_when_and_by_whom()
    {
        var (customer, ticket) = await Everywhere();
        var (before, timeline) = (await Read(ticket), await Read(ticket, "/timeline?limit=200"));
        await Desk.Admin.Delete(Path(customer)).Gone();
        var after = await Read(ticket);
        using (Assert.EnterMultipleScope())
        {
            foreach (var member in new[] { "id", "status", "priority", "channel", "queue", "category", "tags", "createdBy", "requesterId", "policyId", "createdAt", "assignee" })
            {
                Assert.That(JsonNode.DeepEquals(after[member], before[member]), member);
            }
            Assert.That(((string?)after["subject"], after["customFields"]!.ToJsonString(), after["externalRef"], after["reason"]), Is.EqualTo(("(erased)", "{}", (JsonNode?)null, (JsonNode?)null)));
            Assert.That((after["requester"]!["email"], after["requester"]!["name"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
            Assert.That((string?)after["publicUrl"], Is.Not.EqualTo((string?)before["publicUrl"]).And.Match("/t/[A-Za-z0-9_-]{20,}$"));
            Assert.That(Figures(after), Is.EqualTo(Figures(before)));
            Assert.That((await Read(ticket, "/messages"))["items"]!.AsArray().Select(item => (string?)item!["body"]), Is.All.EqualTo("(erased)"));
            string Line(JsonNode? item) => $"{item!["sequence"]} {item["at"]} {item["type"]} {item["actor"]}";
            Assert.That((await Read(ticket, "/timeline?limit=200"))["items"]!.AsArray().Select(Line), Is.EqualTo(timeline["items"]!.AsArray().Select(Line)));
            await Read(ticket, "/explanation");
        }
        Assert.That(
            await Database.Ask<string>("select type || ' ' || actor || ' ' || data::text from events order by sequence desc limit 1"),
            Is.EqualTo($$"""customer.erased admin {"tickets": 3, "customerId": "{{customer["id"]}}"}"""));
        var changed = JsonNode.Parse((await Database.Ask<string>("select data::text from events where type = 'ticket.updated' and data -> 'changes' ? 'reason'"))!)!;
        Assert.That(changed["changes"]!["reason"]!.ToJsonString(), Is.EqualTo("""{"to":"(erased)","from":null}"""));
    }

    /// <summary>Of each commitment its state, instants and counts; of each promise its instants and how it ended.</summary>
    private static IEnumerable<string> Figures(JsonNode ticket) => ticket["commitments"]!.AsArray().Select(commitment =>
        $"{commitment!["kind"]} {commitment["state"]} {commitment["startedAt"]} {commitment["promisedAt"]} {commitment["fulfilledAt"]} {commitment["usedSeconds"]} {commitment["metTarget"]}: "
        + string.Join(", ", commitment["promises"]!.AsArray().Select(promise => $"{promise!["promisedAt"]} {promise["madeAt"]} {promise["madeBy"]} {promise["outcome"]} {promise["endedAt"]}")));

    [Test]
    public async Task She_is_not_found_any_more_and_a_new_one_may_have_her_address()
    {
        var customer = await Customer("""{ "email": "ada@example.org", "name": "Ada" }""");
        var ticket = await OpenFor(customer);
        await Desk.Admin.Delete(Path(customer)).Gone();
        await Desk.Admin.GetAsync(Path(customer)).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync(Path(customer, "/export")).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Patch(Path(customer), """{ "name": "x" }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Delete(Path(customer)).Problem(HttpStatusCode.NotFound, "not-found");
        await PostTicket($$"""{ "subject": "s", "requesterId": "{{customer["id"]}}" }""").Problem(HttpStatusCode.UnprocessableEntity, "unknown-customer");
        Assert.That(await Desk.Admin.Members("/v1/customers", "id"), Is.Empty);
        var again = await Open();
        Assert.That((string?)again["requesterId"], Is.Not.EqualTo((string?)customer["id"]));
        Assert.That((await Read(ticket))["requester"]!["name"], Is.Null);
        await Desk.Admin.Delete("/v1/customers/0195564e-1200-7a01-8f00-0a1b2c3d4e5f").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Mail_that_has_not_left_is_withdrawn_and_what_it_would_have_told_is_taken_back()
    {
        await Policy();
        var customer = await Customer("""{ "email": "ada@example.org" }""");
        var ticket = await OpenFor(customer);
        await Deliver();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Does.Contain("renewed").And.EndsWith("open"));
        await Desk.Admin.Delete(Path(customer)).Gone();
        var read = await Read(ticket);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn" }));
            Assert.That(read.Last("first_response").Ledger(), Is.EqualTo("02 12:00 open, 02 14:00 withdrawn"));
            Assert.That((string?)read["subject"], Is.EqualTo("(erased)"));
        }
        await Advance("PT24H");
        Assert.That(Mails(), Has.Count.EqualTo(1), "nobody is written to any more");
        foreach (var delivery in await Deliveries(ticket)) await Desk.Admin.Post($"/v1/deliveries/{delivery["id"]}/retry", "").Problem(HttpStatusCode.Conflict, "delivery-not-failed");
    }

    [Test]
    public async Task Others_keep_everything()
    {
        var other = await Customer("""{ "email": "eve@example.org", "name": "Eve" }""");
        var ticket = await OpenFor(other);
        var before = (await Read(ticket), await Desk.Admin.GetAsync(Path(other)).Json(), await Read(ticket, "/timeline"));
        var (customer, _) = await Everywhere();
        await Desk.Admin.Delete(Path(customer)).Gone();
        Assert.That(JsonNode.DeepEquals(await Read(ticket), before.Item1) && JsonNode.DeepEquals(await Desk.Admin.GetAsync(Path(other)).Json(), before.Item2));
        Assert.That(JsonNode.DeepEquals(await Read(ticket, "/timeline"), before.Item3));
    }

    [Test]
    public async Task Preconditions_are_kept()
    {
        var customer = await Customer("{}");
        await Desk.Admin.Delete(Path(customer), ("If-Match", "\"2\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await Desk.Admin.GetAsync(Path(customer)).Json();
        await Desk.Admin.Delete(Path(customer), ("If-Match", "\"1\"")).Gone();
    }

    [Test]
    public async Task A_ticket_posted_while_she_is_erased_is_erased_with_her_or_a_new_customer_s()
    {
        await Policy();
        for (var round = 0; round < 6; round++)
        {
            var requester = $$"""{ "email": "a{{round}}@example.org", "name": "Ada" }""";
            var customer = await Customer(requester);
            var posts = Enumerable.Range(0, 8).Select(_ => Open(requester: requester)).ToList();
            await Desk.Admin.Delete(Path(customer)).Gone();
            await Task.WhenAll(posts);
        }
        Assert.That(await Database.Ask<long>(
            """
            select count(*) from tickets t join customers c on c.id = t.requester_id
            where (c.erased_at is not null) <> (t.subject = '(erased)') or (c.erased_at is not null and (c.name is not null or exists (
                select from messages m where m.ticket_id = t.id and m.body <> '(erased)') or exists (select from deliveries d where d.ticket_id = t.id and d.recipient <> '(erased)')))
            """), Is.Zero);
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(48));
    }

    [Test]
    public async Task Erasing_while_agents_write_and_the_sweep_runs_hangs_nobody()
    {
        await Policy();
        for (var round = 0; round < 4; round++)
        {
            var customer = await Customer($$"""{ "email": "a{{round}}@example.org" }""");
            var tickets = new[] { await OpenFor(customer), await OpenFor(customer), await OpenFor(customer) };
            var work = tickets.Reverse().SelectMany(ticket => new[] { Say(ticket, "agent", body: "Answer-canary"), Patch(ticket, """{ "reason": "Reason-canary" }""") }).ToList();
            await Desk.Admin.Delete(Path(customer)).Gone();
            foreach (var answer in await Task.WhenAll(work)) Assert.That(answer.IsSuccessStatusCode, answer.ToString());
        }
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where recipient <> '(erased)'"), Is.Zero);
    }
}
