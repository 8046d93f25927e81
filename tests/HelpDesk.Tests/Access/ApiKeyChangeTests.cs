using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Access;

internal sealed class ApiKeyChangeTests
{
    private const string Keys = "/v1/api-keys";
    private TestDatabase database = null!;
    private TestMachine machine = null!;
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start()
    {
        database = TestDatabase.Create();
        machine = new(Instant.FromUtc(2026, 3, 2, 8, 0));
        desk = TestDesk.Start(machine: machine, database: database);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task A_rotated_key_is_good_under_both_secrets_until_the_overlap_ends()
    {
        var made = await Make();
        var rotated = await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", """{"overlap":"PT2H"}""").Json();
        var until = machine.Now + Duration.FromHours(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)rotated["id"], Is.EqualTo((string?)made["id"]));
            Assert.That((string?)rotated["key"], Does.StartWith($"hd_{made["id"]}_").And.Not.EqualTo((string?)made["key"]));
            Assert.That((string?)rotated["previousUntil"], Is.EqualTo(until.ToString()));
            Assert.That((string?)(await desk.Admin.GetAsync($"{Keys}/{made["id"]}").Json())["previousUntil"], Is.EqualTo(until.ToString()));
        }

        machine.Now = until - Duration.FromMilliseconds(1);
        Assert.That((await Status(made), await Status(rotated)), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        machine.Now = until;
        Assert.That((await Status(made), await Status(rotated)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Without_an_overlap_the_old_secret_ends_at_once_and_by_default_after_a_day()
    {
        var made = await Make();
        var second = await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", """{"overlap":"PT0S"}""").Json();
        Assert.That((await Status(made), await Status(second)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
        var third = await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", "{}").Json();
        Assert.That((string?)third["previousUntil"], Is.EqualTo((machine.Now + Duration.FromDays(1)).ToString()));
    }

    [Test]
    public async Task Of_two_rotations_the_oldest_secret_ends_with_the_second()
    {
        var first = await Make();
        var second = await desk.Admin.Post($"{Keys}/{first["id"]}/rotation", "{}").Json();
        var third = await desk.Admin.Post($"{Keys}/{first["id"]}/rotation", "{}").Json();
        Assert.That((await Status(first), await Status(second), await Status(third)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK)));
    }

    [Test]
    public async Task A_secret_rotated_on_another_server_is_good_here_at_once()
    {
        var made = await Make();
        using var other = TestDesk.Start(machine: machine, database: database);
        await other.With((string)made["key"]!).GetAsync("/v1/tickets").Json();
        var rotated = await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", "{}").Json();
        await other.With((string)rotated["key"]!).GetAsync("/v1/tickets").Json();
    }

    [Test]
    public async Task Rotation_outlives_neither_expiry_nor_revocation()
    {
        var expiry = machine.Now + Duration.FromHours(1);
        var made = await Make($$"""{"name":"x","scopes":["tickets:read"],"expiresAt":"{{expiry}}"}""");
        var rotated = await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", "{}").Json();
        machine.Now = expiry;
        Assert.That((await Status(made), await Status(rotated)), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
        await desk.Admin.DeleteAsync($"{Keys}/{made["id"]}");
        await desk.Admin.Post($"{Keys}/{made["id"]}/rotation", "{}").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [TestCase("""{"overlap":"P31D"}""")]
    [TestCase("""{"overlap":"-PT1S"}""")]
    [TestCase("""{"overlap":"a day"}""")]
    public async Task An_overlap_that_cannot_be_is_refused(string json) => await desk.Admin.Post($"{Keys}/{(await Make())["id"]}/rotation", json).Refuses("overlap");

    [Test]
    public async Task A_key_is_changed_and_the_change_holds_at_once()
    {
        var made = await Make();
        Assert.That(await Status(made), Is.EqualTo(HttpStatusCode.OK));
        var changed = await Patch(made, """{"name":"y","scopes":["customers:read"],"queues":["billing"]}""").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)changed["name"], Is.EqualTo("y"));
            Assert.That(changed["queues"]!.ToJsonString(), Is.EqualTo("""["billing"]"""));
            Assert.That(changed["key"], Is.Null);
            Assert.That(await Status(made), Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That((await Patch(made, """{"queues":null}""").Json())["queues"], Is.Null);
    }

    [Test]
    public async Task An_expired_key_can_be_given_another_expiry_and_keeps_what_is_left_out()
    {
        var expiry = machine.Now + Duration.FromHours(1);
        var made = await Make($$"""{"name":"x","scopes":["tickets:read"],"expiresAt":"{{expiry}}"}""");
        machine.Now = expiry;
        await Patch(made, """{"name":"renamed"}""").Json();
        Assert.That(await Status(made), Is.EqualTo(HttpStatusCode.Unauthorized));
        await Patch(made, """{"expiresAt":null}""").Json();
        Assert.That(await Status(made), Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("""{"scopes":["nothing"]}""", "scopes[0]")]
    [TestCase("""{"scopes":[]}""", "scopes")]
    [TestCase("""{"scopes":null}""", "scopes")]
    [TestCase("""{"name":" "}""", "name")]
    [TestCase("""{"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [TestCase("""{"queues":[]}""", "queues")]
    [TestCase("""{"queues":[""]}""", "queues[0]")]
    [TestCase("""{"queues":[null]}""", "queues[0]")]
    [TestCase("""{"queues":["a"],"scopes":["admin"]}""", "queues")]
    [TestCase("""{"key":"hd_mine"}""", "key")]
    [TestCase("""{"id":"mine"}""", "id")]
    [TestCase("""{"lastUsedAt":null,"createdAt":"2020-01-01T00:00:00Z"}""", "createdAt")]
    public async Task A_change_that_cannot_be_is_refused(string json, string member) => await Patch(await Make(), json).Refuses(member);

    [Test]
    public async Task A_change_is_refused_where_the_key_has_changed_since_it_was_read()
    {
        var made = await Make();
        var read = await desk.Admin.GetAsync($"{Keys}/{made["id"]}");
        var tag = read.Headers.ETag!.ToString();
        await desk.Admin.Send(HttpMethod.Patch, $"{Keys}/{made["id"]}", """{"name":"y"}""", headers: ("If-Match", tag)).Json();
        await desk.Admin.Send(HttpMethod.Patch, $"{Keys}/{made["id"]}", """{"name":"z"}""", headers: ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await desk.Admin.Send(HttpMethod.Delete, $"{Keys}/{made["id"]}", headers: ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((string?)(await desk.Admin.GetAsync($"{Keys}/{made["id"]}").Json())["name"], Is.EqualTo("y"));
    }

    private async Task<JsonNode> Make(string json = """{"name":"x","scopes":["tickets:read"]}""") => await desk.Admin.Post(Keys, json).Json(HttpStatusCode.Created);

    private Task<HttpResponseMessage> Patch(JsonNode key, string json) => desk.Admin.Send(HttpMethod.Patch, $"{Keys}/{key["id"]}", json);

    private async Task<HttpStatusCode> Status(JsonNode key) => (await desk.With((string)key["key"]!).GetAsync("/v1/tickets")).StatusCode;
}
