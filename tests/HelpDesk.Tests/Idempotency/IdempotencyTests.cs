using System.Net;
using HelpDesk.Idempotency;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Idempotency;

/// <summary>What a client that sends its POST again gets.</summary>
internal sealed class IdempotencyTests : DeskFixture
{
    private const string Ticket = """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""";
    private static readonly TestMachine Clock = new(Instant.FromUtc(2026, 11, 22, 8, 0));

    protected override TimeProvider Machine => Clock;

    [TearDown]
    public Task Forget_the_keys() => Database.Execute("delete from idempotency_keys");

    private Task<HttpResponseMessage> Post(string key, string json = Ticket, string path = "/v1/tickets", HttpClient? client = null) =>
        (client ?? Desk.Admin).Send(HttpMethod.Post, path, json, headers: ("Idempotency-Key", key));

    private Task<long> Count(string table = "tickets") => Database.Ask<long>($"select count(*) from {table}");

    private static bool IsReplayed(HttpResponseMessage answer) => answer.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    [Test]
    public async Task What_was_answered_of_a_customer_who_was_erased_is_not_told_again()
    {
        var customer = await Post("c", """{ "email": "ada@example.org", "name": "Ada" }""", "/v1/customers").Json(HttpStatusCode.Created);
        var ticket = await Post("t").Json(HttpStatusCode.Created);
        Task<HttpResponseMessage> Message() => Post("m", """{ "author": "customer", "body": "Ada's words." }""", $"/v1/tickets/{ticket["id"]}/messages");
        await Message().Json(HttpStatusCode.Created);
        await Post("o", Ticket.Replace("ada@", "eve@", StringComparison.Ordinal)).Json(HttpStatusCode.Created);
        await Desk.Admin.Delete($"/v1/customers/{customer["id"]}").Gone();
        await Post("c", """{ "email": "ada@example.org", "name": "Ada" }""", "/v1/customers").Problem(HttpStatusCode.Conflict, "answer-erased");
        await Post("t").Problem(HttpStatusCode.Conflict, "answer-erased");
        await Message().Problem(HttpStatusCode.Conflict, "answer-erased");
        Assert.That(IsReplayed(await Post("o", Ticket.Replace("ada@", "eve@", StringComparison.Ordinal))), "others' stay");
        Assert.That((await Count(), await Count("messages"), await Count("customers")), Is.EqualTo((2, 3, 2)), "nothing was done again");
    }

    [Test]
    public async Task The_same_request_again_gets_the_first_answer_and_makes_nothing()
    {
        await Policy();
        var first = await Post("k");
        var again = await Post("k");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()).And.Contains("\"subject\":\"s\""));
            Assert.That(again.Headers.Location, Is.EqualTo(first.Headers.Location).And.Not.Null);
            Assert.That(again.Headers.ETag, Is.EqualTo(first.Headers.ETag).And.Not.Null);
            Assert.That(again.Content.Headers.ContentType, Is.EqualTo(first.Content.Headers.ContentType));
            Assert.That((IsReplayed(first), IsReplayed(again)), Is.EqualTo((false, true)));
            Assert.That((await Count(), await Count("deliveries"), await Count("messages")), Is.EqualTo((1, 1, 1)));
        }
    }

    [Test]
    public async Task A_message_a_promise_a_customer_a_policy_and_a_key_happen_once_as_well()
    {
        var id = (long)(await Open())["id"]!;
        (string Path, string Json, string Table)[] posts =
        [
            ($"/v1/tickets/{id}/messages", """{ "author": "agent", "body": "b" }""", "messages"),
            ($"/v1/tickets/{id}/promises", """{ "words": "I will call", "promisedAt": "2026-03-09T08:00:00Z" }""", "promises"),
            ("/v1/customers", """{ "name": "Bea", "email": "bea@example.org" }""", "customers"),
            ("/v1/calendars", """{ "name": "c", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""", "calendars"),
            ("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {} }""", "policies"),
            ("/v1/api-keys", """{ "name": "k", "scopes": ["tickets:read"] }""", "api_keys"),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (var (path, json, table) in posts)
            {
                var before = await Count(table);
                var first = await Post("k-" + table, json, path);
                var again = await Post("k-" + table, json, path);
                Assert.That((first.StatusCode, again.StatusCode, IsReplayed(again)), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Created, true)), path);
                Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()), path);
                Assert.That(await Count(table), Is.EqualTo(before + 1), path);
            }
        }
    }

    [Test]
    public async Task Another_body_or_address_under_the_same_key_is_refused()
    {
        await Post("k").Json(HttpStatusCode.Created);
        await Post("k", Ticket.Replace("\"s\"", "\"t\"")).Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await Post("k", path: "/v1/tickets?x=1").Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await Post("k", path: "/v1/customers").Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.That(await Count(), Is.EqualTo(1));
        Assert.That(IsReplayed(await Post("k")), "the key still stands for the first request");
    }

    [Test]
    public async Task A_key_belongs_to_its_caller()
    {
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "other", "scopes": ["tickets:write"] }""").Json(HttpStatusCode.Created);
        using var other = Desk.With((string)made["key"]!);
        await Post("k").Json(HttpStatusCode.Created);
        Assert.That(IsReplayed(await Post("k", client: other)), Is.False);
        Assert.That(await Count(), Is.EqualTo(2));
        await Post("k", """{ "name": "Bea" }""", "/v1/customers", other).Problem(HttpStatusCode.Forbidden, "forbidden");
        await Post("k", client: Desk.Anonymous).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_refusal_by_a_rule_is_an_answer_that_is_kept_and_its_effects_are_undone()
    {
        var customer = """{ "name": "Bea", "email": "bea@example.org" }""";
        await Desk.Admin.Post("/v1/customers", customer).Json(HttpStatusCode.Created);
        var first = await Post("k", customer, "/v1/customers").Problem(HttpStatusCode.Conflict, "customer-exists");
        await Database.Execute("delete from customers");
        var again = Post("k", customer, "/v1/customers");
        Assert.That((await again.Problem(HttpStatusCode.Conflict, "customer-exists")).ToJsonString(), Is.EqualTo(first.ToJsonString()));
        Assert.That(IsReplayed(await again));
        Assert.That(await Count("customers"), Is.Zero);

        await Post("i", Ticket.Replace("\"requester\": { \"email\": \"ada@example.org\" }", "\"requesterId\": \"0195564e-1200-7a01-8f00-0a1b2c3d4e5f\"")).Problem(HttpStatusCode.UnprocessableEntity, "unknown-customer");
    }

    [Test]
    public async Task What_may_turn_out_otherwise_the_next_time_is_not_kept()
    {
        await Post("k", "{}").Problem(HttpStatusCode.BadRequest, "validation");
        await Post("k", """{ "author": "agent", "body": "b" }""", "/v1/tickets/999999/messages").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Send(HttpMethod.Post, "/v1/tickets", "a=b", "text/plain", ("Idempotency-Key", "k")).Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.That(await Count("idempotency_keys"), Is.Zero);
        await Post("k").Json(HttpStatusCode.Created);
    }

    [Test]
    public async Task While_the_database_is_away_nothing_is_kept()
    {
        await Database.Interrupt(() => Post("k").Problem(HttpStatusCode.ServiceUnavailable, "unavailable"));
        await Desk.Admin.GetAsync("/v1/tickets");
        Assert.That(IsReplayed(await Post("k")), Is.False);
        Assert.That(await Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task While_the_first_is_running_the_second_is_refused_and_may_come_again()
    {
        await using var blocker = await Database.DataSource.OpenConnectionAsync();
        await using var holding = await blocker.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("lock table tickets in exclusive mode", blocker)) await command.ExecuteNonQueryAsync();
        var first = Post("k");
        await Blocked();
        await Post("k").Problem(HttpStatusCode.Conflict, "idempotency-running");
        await holding.RollbackAsync();
        await first.Json(HttpStatusCode.Created);
        Assert.That(IsReplayed(await Post("k")));
    }

    [Test]
    public async Task A_key_is_kept_for_24_hours_of_machine_time()
    {
        await Post("k").Json(HttpStatusCode.Created);
        var forget = Desk.Services.GetRequiredService<ForgetOldKeys>();
        Clock.Now += Duration.FromHours(24) - Duration.Epsilon - Duration.FromMilliseconds(1);
        Assert.That(IsReplayed(await Post("k")));
        Assert.That(await forget.RunOnce(Clock.Now, default), Is.Zero);
        Clock.Now += Duration.FromMilliseconds(2);
        Assert.That(IsReplayed(await Post("k")), Is.False, "it is over, cleared away or not");
        Assert.That(await Count(), Is.EqualTo(2));
        Clock.Now += Duration.FromHours(24);
        Assert.That((await forget.RunOnce(Clock.Now, default), await Count("idempotency_keys")), Is.EqualTo((1, 0)));
    }

    [TestCase("two words")]
    [TestCase("anahtar-ç")]
    [TestCase(256)]
    public async Task A_key_is_1_to_255_visible_characters(object key)
    {
        var given = key as string ?? new string('k', (int)key);
        Assert.That(await Post(given).Refuses("Idempotency-Key"), Does.Contain("1 to 255 visible"));
        Assert.That(await Count(), Is.Zero);
    }

    [Test]
    public async Task A_key_of_255_characters_is_one() => await Post(new string('~', 255)).Json(HttpStatusCode.Created);

    [Test]
    public async Task The_key_and_the_answer_cannot_be_read_in_the_database()
    {
        var made = await Post("my-very-own-key", """{ "name": "k", "scopes": ["tickets:read"] }""", "/v1/api-keys").Json(HttpStatusCode.Created);
        var kept = await Database.Ask<string>("select encode(id || fingerprint || answer, 'escape') from idempotency_keys");
        Assert.That(kept, Does.Not.Contain("my-very-own-key").And.Not.Contain("tickets:read").And.Not.Contain((string)made["key"]!));
    }

    [Test]
    public async Task Where_nothing_is_stored_the_key_is_not_looked_at()
    {
        static string Question(int hours) => $$"""{ "start": "2026-03-02T09:00:00Z", "duration": "PT{{hours}}H" }""";
        await Post("k", Question(1), $"/v1/calendars/{Calendar}/deadline").Json();
        var other = await Post("k", Question(2), $"/v1/calendars/{Calendar}/deadline").Json();
        Assert.That((string?)other["deadline"], Is.EqualTo("2026-03-02T11:00:00Z"));
    }

    [Test]
    public async Task The_document_tells_of_it_where_it_counts()
    {
        var document = await Desk.Anonymous.GetAsync("/openapi/v1.json").Json();
        bool Takes(string path) => document["paths"]![path]!["post"]!["parameters"]?.AsArray().Any(parameter => (string?)parameter!["name"] == "Idempotency-Key") == true;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Takes("/v1/tickets"));
            Assert.That(document["paths"]!["/v1/tickets"]!["post"]!["responses"]!["201"]!["headers"]!["Idempotency-Replayed"], Is.Not.Null);
            Assert.That(Takes("/v1/sandbox/clock/advance"));
            Assert.That(Takes("/v1/webhooks/{id}/secret/rotation"));
            Assert.That(Takes("/v1/policies/rehearsal"), Is.False);
        }
    }

    private async Task Blocked()
    {
        while (await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0) await Task.Yield();
    }
}
