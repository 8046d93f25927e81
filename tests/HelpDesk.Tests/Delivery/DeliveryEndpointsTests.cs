using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Delivery;

public sealed class DeliveryEndpointsTests : DeliveryFixture
{
    private DeskClock Clock => new(Machine, Database.DataSource, new(false));

    private async Task<ListDeliveries.Response> List(string? state = null, long? ticket = null, int? limit = null, string? cursor = null)
    {
        await using var db = Database.NewContext();
        return await ListDeliveries.Handle(state, ticket, limit, cursor, db, default);
    }

    private async Task<DeliveryAnswer?> Retry(Guid id)
    {
        await using var db = Database.NewContext();
        return (await RetryDelivery.Handle(id, db, Clock, default)).Result is Ok<DeliveryAnswer> ok ? ok.Value : null;
    }

    [Test]
    public async Task Pages_lead_from_the_newest_to_the_oldest_without_gap_or_repeat()
    {
        OutgoingMessage[] messages = [.. Enumerable.Range(0, 7).Select(i => Message() with { Id = Ids.New(Now + Duration.FromSeconds(i)) })];
        await QueueAll(messages);
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await List(limit: 3, cursor: cursor);
            seen.AddRange(page.Items.Select(item => item.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.That(seen, Is.EqualTo(messages.Select(message => message.Id).Reverse()));
    }

    [Test]
    public async Task A_list_can_be_narrowed_to_a_state_and_a_ticket()
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
        Assert.That((await List(ticket: 42)).Items.Select(item => item.Id), Is.EqualTo(new[] { ours }));
        Assert.That((await List(state: "sent")).Items.Select(item => item.Id), Is.EqualTo(new[] { ours }));
        Assert.That((await List(state: "queued")).Items.Select(item => (item.Id, item.Text)), Is.EqualTo(new[] { (waiting, (string?)null) }));
    }

    [TestCase("gone", null, null, "state")]
    [TestCase("Sent", null, null, "state")]
    [TestCase(null, 0, null, "limit")]
    [TestCase(null, 201, null, "limit")]
    [TestCase(null, null, "abc", "cursor")]
    public void What_cannot_be_asked_is_refused_by_its_name(string? state, int? limit, string? cursor, string member)
    {
        var refusal = Assert.ThrowsAsync<Refusal>(() => List(state, null, limit, cursor));
        Assert.That((refusal!.Status, refusal.Errors!.Keys.Single()), Is.EqualTo((400, member)));
    }

    [Test]
    public async Task A_delivery_is_read_with_its_words()
    {
        var id = await Queue(Message(text: "Good day, Aino.\n"));
        await using var db = Database.NewContext();
        var read = (Ok<DeliveryAnswer>)(await ReadDelivery.Handle(id, db, default)).Result;
        Assert.That((read.Value!.Subject, read.Value.Text, read.Value.NextAttemptAt), Is.EqualTo(("Hello", "Good day, Aino.\n", (Instant?)Now)));
        Assert.That((await ReadDelivery.Handle(Ids.New(Now), db, default)).Result, Is.InstanceOf<NotFound>());
    }

    [Test]
    public async Task A_dead_delivery_can_be_tried_again_with_all_its_attempts_before_it()
    {
        var refuses = true;
        var worker = Worker(new ScriptedDoor((_, _) => refuses ? throw new MailRefused("550 no", isPermanent: true) : Task.CompletedTask));
        var id = await Queue(Message());
        await worker.RunOnce(Now, default);
        Machine.Advance(Duration.FromHours(1));
        var retried = await Retry(id);
        Assert.That((retried!.State, retried.Attempts, retried.NextAttemptAt, retried.EndedAt, retried.LastError),
            Is.EqualTo((DeliveryState.Queued, 0, (Instant?)Machine.Now, (Instant?)null, "550 no")));
        refuses = false;
        await worker.RunOnce(Machine.Now, default);
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_failed_delivery_that_is_tried_again_is_due_now()
    {
        var id = await Queue(Message());
        await Worker(new ScriptedDoor((_, _) => throw new IOException("no"))).RunOnce(Now, default);
        await Retry(id);
        Assert.That((await StateOf(id), await NextAttemptOf(id)), Is.EqualTo(("queued", Now)));
    }

    [Test]
    public async Task Only_what_failed_and_still_holds_can_be_tried_again()
    {
        var queued = await Queue(Message());
        Assert.That(Assert.ThrowsAsync<Refusal>(() => Retry(queued))!.Code, Is.EqualTo("delivery-not-failed"));
        var expired = await Queue(Message() with { ExpiresAt = Now });
        await Worker(new ScriptedDoor((_, _) => throw new MailRefused("550 no", isPermanent: true))).RunOnce(Now, default);
        Machine.Advance(Duration.FromHours(1));
        var refusal = Assert.ThrowsAsync<Refusal>(() => Retry(expired));
        Assert.That((refusal!.Status, refusal.Code, refusal.Message), Is.EqualTo((409, "delivery-expired", "What this message says held until 2026-03-02T08:00:00Z; it is not sent any more.")));
        Assert.That(await Retry(Ids.New(Now)), Is.Null);
    }

    [Test]
    public async Task The_routes_lead_to_them()
    {
        var id = await Queue(Message());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddScoped<HelpDeskDb>(_ => Database.NewContext());
        builder.Services.AddSingleton(Clock);
        await using var app = builder.Build();
        app.MapDeliveries();
        await app.StartAsync();
        using var http = app.GetTestClient();
        var list = await http.GetFromJsonAsync<JsonElement>("/v1/deliveries?state=queued&limit=1");
        Assert.That(list.GetProperty("items")[0].GetProperty("id").GetGuid(), Is.EqualTo(id));
        Assert.That((await http.GetFromJsonAsync<JsonElement>($"/v1/deliveries/{id}")).GetProperty("text").GetString(), Is.EqualTo("Good day.\n"));
        Assert.That((await http.PostAsync(new Uri($"/v1/deliveries/{Ids.New(Now)}/retry", UriKind.Relative), null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
