using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Access;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Tests.Delivery;

public sealed class DeliveryEndpointsTests : DeliveryFixture
{
    private TestDesk desk = null!;

    [SetUp]
    public void Start() => desk = TestDesk.Start(machine: Machine, database: Database);

    [TearDown]
    public void Stop() => desk.Dispose();

    private Task<JsonNode> List(string query) => desk.Admin.GetAsync("/v1/deliveries" + query).Json();

    private Task<HttpResponseMessage> Retry(Guid id) => desk.Admin.Send(HttpMethod.Post, $"/v1/deliveries/{id}/retry");

    private static Guid[] Listed(JsonNode page) => [.. page["items"]!.AsArray().Select(item => (Guid)item!["id"]!)];

    [Test]
    public async Task Pages_lead_from_the_newest_to_the_oldest_without_gap_or_repeat()
    {
        OutgoingMessage[] messages = [.. Enumerable.Range(0, 7).Select(i => Message() with { Id = Ids.New(Now + Duration.FromSeconds(i)) })];
        await QueueAll(messages);
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await List($"?limit=3&cursor={cursor}");
            seen.AddRange(Listed(page));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.That(seen, Is.EqualTo(messages.Select(message => message.Id).Reverse()));
    }

    [Test]
    public async Task A_list_can_be_narrowed_to_states_and_a_ticket()
    {
        var customer = Ids.New(Now);
        await Database.Execute(
            "insert into customers (id, row_version, preferred_channel, opt_out, created_at, updated_at) values ($1, 1, 'email', false, $2, $2)", customer, Now.ToUtc());
        await Database.Execute(
            """
            insert into tickets (id, row_version, subject, status, priority, channel, tags, custom_fields, created_by, requester_id, public_token, clock, created_at, updated_at)
            values (42, 1, 'Printer', 'new', 'normal', 'web', '{}', '{}', 'customer', $1, 'token', '{}', $2, $2)
            """,
            customer, Now.ToUtc());
        var ours = await Queue(Message() with { TicketId = 42, CustomerId = customer });
        await Worker(new ScriptedDoor()).RunOnce(Now, default);
        var waiting = await Queue(Message());
        var queued = await List("?state=queued");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Listed(await List("?ticket=42")), Is.EqualTo(new[] { ours }));
            Assert.That(Listed(await List("?state=sent")), Is.EqualTo(new[] { ours }));
            Assert.That(Listed(queued), Is.EqualTo(new[] { waiting }));
            Assert.That(queued["items"]![0]!.AsObject().ContainsKey("text"), Is.False, "lists leave the words out");
            Assert.That(Listed(await List("?state=queued,sent")), Is.EquivalentTo(new[] { ours, waiting }));
            Assert.That(Listed(await List("?state=dead")), Is.Empty);
        }
    }

    [TestCase("state=gone", "state")]
    [TestCase("state=Sent", "state")]
    [TestCase("ticket=first", "ticket")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("cursor=abc", "cursor")]
    public async Task What_cannot_be_asked_is_refused_by_its_name(string query, string member) =>
        await desk.Admin.GetAsync($"/v1/deliveries?{query}").Refuses(member);

    [Test]
    public async Task A_delivery_is_read_with_its_words()
    {
        var id = await Queue(Message(text: "Good day, Aino.\n"));
        var read = await desk.Admin.GetAsync($"/v1/deliveries/{id}").Json();
        Assert.That(((string?)read["subject"], (string?)read["text"], (string?)read["state"], (string?)read["nextAttemptAt"]),
            Is.EqualTo(("Hello", "Good day, Aino.\n", "queued", "2026-03-02T08:00:00Z")));
        await desk.Admin.GetAsync($"/v1/deliveries/{Ids.New(Now)}").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_dead_delivery_can_be_tried_again_with_all_its_attempts_before_it()
    {
        var refuses = true;
        var worker = Worker(new ScriptedDoor((_, _) => refuses ? throw new MailRefused("550 no", isPermanent: true) : Task.CompletedTask));
        var id = await Queue(Message());
        await worker.RunOnce(Now, default);
        Machine.Advance(Duration.FromHours(1));
        var retried = await Retry(id).Json();
        Assert.That(((string?)retried["state"], (int?)retried["attempts"], (string?)retried["nextAttemptAt"], (string?)retried["endedAt"], (string?)retried["lastError"]),
            Is.EqualTo(("queued", 0, "2026-03-02T09:00:00Z", (string?)null, "550 no")));
        refuses = false;
        await worker.RunOnce(Machine.Now, default);
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_failed_delivery_that_is_tried_again_is_due_now()
    {
        var id = await Queue(Message());
        await Worker(new ScriptedDoor((_, _) => throw new IOException("no"))).RunOnce(Now, default);
        await Retry(id).Json();
        Assert.That((await StateOf(id), await NextAttemptOf(id)), Is.EqualTo(("queued", Now)));
    }

    [Test]
    public async Task Only_what_failed_and_still_holds_can_be_tried_again()
    {
        await Retry(await Queue(Message())).Problem(HttpStatusCode.Conflict, "delivery-not-failed");
        var expired = await Queue(Message() with { ExpiresAt = Now + Duration.FromMinutes(1) });
        await Worker(new ScriptedDoor((_, _) => throw new MailRefused("550 no", isPermanent: true))).RunOnce(Now, default);
        Machine.Advance(Duration.FromHours(1));
        var refusal = await Retry(expired).Problem(HttpStatusCode.Conflict, "delivery-expired");
        Assert.That((string?)refusal["detail"], Is.EqualTo("What this message says held until 2026-03-02T08:01:00Z; it is not sent any more."));
        await Retry(Ids.New(Now)).Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Reading_and_retrying_need_their_scopes()
    {
        var id = await Queue(Message());
        var key = await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "reader", "scopes": ["{{Scopes.MessagesRead}}"] }""").Json(HttpStatusCode.Created);
        var reader = desk.With((string)key["key"]!);
        await desk.Anonymous.GetAsync("/v1/deliveries").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await reader.GetAsync($"/v1/deliveries/{id}").Json();
        await reader.Send(HttpMethod.Post, $"/v1/deliveries/{id}/retry").Problem(HttpStatusCode.Forbidden, "forbidden");
    }
}
