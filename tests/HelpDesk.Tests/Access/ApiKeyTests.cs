using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Access;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpDesk.Tests.Access;

internal sealed class ApiKeyTests
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
    public async Task A_key_is_shown_once_and_only_its_hash_is_kept()
    {
        var made = await Make("""{"name":"CRM","scopes":["tickets:read","tickets:write"]}""");
        var key = (string)made["key"]!;
        Assert.That(key, Does.Match("^hd_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$"));
        var list = await desk.Admin.GetStringAsync(Keys);
        Assert.That(list, Does.Contain((string)made["id"]!).And.Not.Contain(key.Split('_', 3)[2]));
        Assert.That(await Rows("select api_keys::text from api_keys"), Has.All.Not.Contain(key.Split('_', 3)[2]));
    }

    [Test]
    public async Task Without_a_key_the_answer_is_401_and_says_how()
    {
        var answer = await desk.Anonymous.GetAsync(Keys);
        await Task.FromResult(answer).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.That(answer.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Bearer"));
    }

    [TestCase("nonsense")]
    [TestCase("hd_")]
    [TestCase("hd_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("the-admin-key-of-the-tests-012345678")]
    public async Task An_unknown_key_is_401(string key) => await desk.With(key).GetAsync(Keys).Problem(HttpStatusCode.Unauthorized, "unauthorized");

    [Test]
    public async Task The_right_id_with_another_secret_is_401()
    {
        var key = (string)(await Make("""{"name":"x","scopes":["admin"]}"""))["key"]!;
        await desk.With(key[..^1] + (key[^1] == 'A' ? 'B' : 'A')).GetAsync(Keys).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_key_without_the_scope_is_403_and_the_scope_is_named()
    {
        var key = (string)(await Make("""{"name":"x","scopes":["tickets:read"]}"""))["key"]!;
        var problem = await desk.With(key).GetAsync(Keys).Problem(HttpStatusCode.Forbidden, "forbidden");
        Assert.That((string?)problem["detail"], Does.Contain("admin"));
    }

    [Test]
    public async Task A_key_with_the_scope_admin_may_do_everything()
    {
        var key = (string)(await Make("""{"name":"x","scopes":["admin"]}"""))["key"]!;
        await desk.With(key).GetAsync(Keys).Json();
    }

    [Test]
    public async Task A_revoked_key_is_refused_at_once_and_gone_from_the_list()
    {
        var made = await Make("""{"name":"x","scopes":["admin"]}""");
        var holder = desk.With((string)made["key"]!);
        await holder.GetAsync(Keys).Json();
        Assert.That((await desk.Admin.DeleteAsync($"{Keys}/{made["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await holder.GetAsync(Keys).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await desk.Admin.DeleteAsync($"{Keys}/{made["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(await desk.Admin.GetStringAsync(Keys), Does.Not.Contain((string)made["id"]!));
    }

    [Test]
    public async Task A_key_revoked_on_another_server_is_refused_within_three_seconds()
    {
        var made = await Make("""{"name":"x","scopes":["admin"]}""");
        using var other = TestDesk.Start(machine: machine, database: database);
        await other.With((string)made["key"]!).GetAsync(Keys).Json();
        await desk.Admin.DeleteAsync($"{Keys}/{made["id"]}");
        machine.Now += Duration.FromSeconds(3);
        await other.With((string)made["key"]!).GetAsync(Keys).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_key_is_good_until_it_expires_by_the_machine_s_time()
    {
        var expiry = machine.Now + Duration.FromHours(1);
        var made = await Make($$"""{"name":"x","scopes":["admin"],"expiresAt":"{{expiry}}"}""");
        var holder = desk.With((string)made["key"]!);
        machine.Now = expiry - Duration.FromMilliseconds(1);
        await holder.GetAsync(Keys).Json();
        machine.Now = expiry;
        await holder.GetAsync(Keys).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task A_busy_key_costs_no_query_per_request()
    {
        var made = await Make("""{"name":"x","scopes":["tickets:read"]}""");
        var ring = desk.Services.GetRequiredService<KeyRing>();
        await ring.Find((string)made["key"]!, CancellationToken.None);
        await Rows($"update api_keys set name = 'renamed' where id = '{made["id"]}' returning id");
        Assert.That((await ring.Find((string)made["key"]!, CancellationToken.None))!.Name, Is.EqualTo("x"));
        machine.Now += Duration.FromSeconds(3);
        Assert.That((await ring.Find((string)made["key"]!, CancellationToken.None))!.Name, Is.EqualTo("renamed"));
    }

    [Test]
    public async Task The_last_use_is_written_by_a_job_and_never_goes_back()
    {
        var made = await Make("""{"name":"x","scopes":["admin"]}""");
        var used = machine.Now;
        await desk.With((string)made["key"]!).GetAsync(Keys).Json();
        var use = desk.Services.GetRequiredService<KeyUse>();
        Assert.That(await use.RunOnce(CancellationToken.None), Is.GreaterThanOrEqualTo(1));
        use.Note((string)made["id"]!, used - Duration.FromHours(1));
        await use.RunOnce(CancellationToken.None);
        Assert.That(await use.RunOnce(CancellationToken.None), Is.Zero);
        var listed = (await desk.Admin.GetAsync(Keys + "?limit=200").Json())["items"]!.AsArray().Single(item => (string)item!["id"]! == (string)made["id"]!);
        Assert.That((string?)listed!["lastUsedAt"], Is.EqualTo(used.ToString()));
    }

    [TestCase("""{"name":"x","scopes":["tickets:all"]}""", "scopes[0]", "no scope tickets:all")]
    [TestCase("""{"name":"x","scopes":[]}""", "scopes", "at least 1")]
    [TestCase("""{"name":"x","scopes":[null]}""", "scopes[0]", "must not be null")]
    [TestCase("""{"name":"","scopes":["admin"]}""", "name", "characters long")]
    [TestCase("""{"name":"  ","scopes":["admin"]}""", "name", "blank")]
    [TestCase("""{"name":"x","scopes":["admin"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt", "ahead")]
    [TestCase("""{"name":"x","scope":["admin"]}""", "scope", "not a member")]
    public async Task A_key_that_could_not_work_is_not_made(string json, string member, string rule) =>
        Assert.That(await desk.Admin.Post(Keys, json).Refuses(member), Does.Contain(rule));

    [Test]
    public async Task A_name_that_is_too_long_is_refused() =>
        Assert.That(await desk.Admin.Post(Keys, $$"""{"name":"{{new string('x', 201)}}","scopes":["admin"]}""").Refuses("name"), Does.Contain("200"));

    [Test]
    public async Task The_list_is_walked_page_by_page_without_missing_or_repeating_one()
    {
        using var own = TestDesk.Start();
        var made = new List<string>();
        for (var number = 0; number < 7; number++) made.Add((string)(await own.Admin.Post(Keys, """{"name":"x","scopes":["admin"]}""").Json(HttpStatusCode.Created))["id"]!);
        var seen = new List<string>();
        for (var next = $"{Keys}?limit=3"; next is not null;)
        {
            var answer = await own.Admin.GetAsync(next);
            var page = await answer.Json();
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            var link = answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
            Assert.That(link is null, Is.EqualTo(page["nextCursor"] is null));
            next = link is null ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)];
            if (next is not null) Assert.That(link, Does.EndWith("; rel=\"next\"").And.Contain("limit=3").And.Contain(Uri.EscapeDataString((string)page["nextCursor"]!)));
        }
        Assert.That(seen, Is.EqualTo(made));
    }

    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=201", "limit")]
    [TestCase("?limit=-1", "limit")]
    [TestCase("?limit=ten", "limit")]
    [TestCase("?limit=1&limit=2", "limit")]
    [TestCase("?cursor=x", "cursor")]
    [TestCase("?cursor=bm90IGEgY3Vyc29yIG9mIG91cnM", "cursor")]
    public async Task A_page_that_cannot_be_is_refused(string query, string member) => await desk.Admin.GetAsync(Keys + query).Refuses(member);

    private async Task<JsonNode> Make(string json)
    {
        var answer = await desk.Admin.Post(Keys, json);
        var made = await answer.Json(HttpStatusCode.Created);
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"{Keys}/{made["id"]}"));
        return made;
    }

    private async Task<List<string>> Rows(string sql)
    {
        await using var command = desk.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
