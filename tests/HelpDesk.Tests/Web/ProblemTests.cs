using System.Net;
using System.Net.Sockets;
using HelpDesk.Deadlines;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace HelpDesk.Tests.Web;

/// <summary>What a client is told when something is amiss, on endpoints made up for it.</summary>
internal sealed class ProblemTests
{
    private WebProbe web = null!;

    [OneTimeSetUp]
    public async Task Start() => web = await WebProbe.Start(api =>
    {
        api.MapPost("/orders", (Order order) => order);
        api.MapPost("/anything", (System.Text.Json.Nodes.JsonObject anything) => anything);
        api.MapPatch("/orders", (Change change) => change.Lines.Value ?? []);
        api.MapGet("/orders/{id:guid}", (Guid id, int? size) => new { id, size });
        api.MapGet("/bug", IResult () => throw Bug());
        api.MapGet("/away/{how}", IResult (string how) => throw Away(how));
        api.MapGet("/conflict", IResult () => throw Refusal.Conflict("already-there", "It is there already."));
        api.MapGet("/impossible", IResult () => throw Refusal.Impossible("never-open", "It never opens."));
        api.MapGet("/nothing", () => TypedResults.NotFound());
        api.MapGet("/json-in-the-database", () => System.Text.Json.JsonSerializer.Deserialize<Order>("{}", HelpDesk.Web.Json.JsonConventions.Options));
    });

    [OneTimeTearDown]
    public async Task Stop() => await web.DisposeAsync();

    [TestCase("""{"lines":[{"product":"p","count":1,"extra":1}]}""", "lines[0].extra", "not a member")]
    [TestCase("""{"lines":[{"product":"p","count":1},{"product":"p","count":1,"box":{"size":"L","colour":1}}]}""", "lines[1].box.colour", "not a member")]
    [TestCase("""{"Lines":[]}""", "Lines", "not a member")]
    [TestCase("""{}""", "lines", "is required")]
    [TestCase("""{"lines":[{}]}""", "lines[0].product", "is required")]
    [TestCase("""{"lines":[{}]}""", "lines[0].count", "is required")]
    [TestCase("""{"lines":null}""", "lines", "must not be null")]
    [TestCase("""{"lines":[{"product":null,"count":1}]}""", "lines[0].product", "must not be null")]
    [TestCase("""{"lines":[{"product":"p","count":null}]}""", "lines[0].count", "must not be null")]
    [TestCase("""{"lines":[null]}""", "lines[0]", "must not be null")]
    [TestCase("""{"lines":[],"tags":["a",null]}""", "tags[1]", "must not be null")]
    [TestCase("""{"lines":[],"notes":{"a":null}}""", "notes.a", "must not be null")]
    [TestCase("""{"lines":[{"product":"p","count":"1"}]}""", "lines[0].count", "must be a number")]
    [TestCase("""{"lines":[{"product":"p","count":1.5}]}""", "lines[0].count", "must be a whole number")]
    [TestCase("""{"lines":[{"product":"p","count":99999999999}]}""", "lines[0].count", "must be a whole number")]
    [TestCase("""{"lines":[{"product":5,"count":1}]}""", "lines[0].product", "must be a string")]
    [TestCase("""{"lines":[{"product":["x"],"count":1}]}""", "lines[0].product", "must be a string")]
    [TestCase("""{"lines":[{"product":"\ud800","count":1}]}""", "lines[0].product", "must be Unicode text")]
    [TestCase("""{"lines":{}}""", "lines", "must be an array")]
    [TestCase("""{"lines":[5]}""", "lines[0]", "must be an object")]
    [TestCase("""{"lines":[],"gift":"yes"}""", "gift", "must be true or false")]
    [TestCase("""{"lines":[],"priority":"HIGH"}""", "priority", "must be one of low, normal, high, urgent")]
    [TestCase("""{"lines":[],"priority":2}""", "priority", "must be one of")]
    [TestCase("""{"lines":[],"customer":"x"}""", "customer", "must be a UUID")]
    [TestCase("""{"lines":[],"at":"soon"}""", "at", "RFC 3339")]
    [TestCase("""{"lines":[],"within":"P1M"}""", "within", "years or months")]
    [TestCase("""{"lines":[],"lines":[]}""", "lines", "stands twice")]
    [TestCase("""[]""", "$", "must be an object")]
    [TestCase("""null""", "$", "needs a JSON body")]
    [TestCase("", "$", "needs a JSON body")]
    public async Task A_member_at_fault_is_named_with_its_rule(string json, string member, string rule) =>
        Assert.That(await web.Client.Post("/v1/orders", json).Refuses(member), Does.Contain(rule));

    [TestCase("""{"lines":[{"product":"p","count":1,"extra":1}]}""", "lines[0].extra", "not a member")]
    [TestCase("""{"lines":[{"product":"p","count":"x"}]}""", "lines[0].count", "must be a number")]
    [TestCase("""{"lines":null}""", "lines", "must not be null")]
    [TestCase("""{"priority":"x"}""", "priority", "must be one of")]
    public async Task A_member_inside_of_an_optional_one_is_named_by_its_whole_path(string json, string member, string rule) =>
        Assert.That(await web.Client.Send(HttpMethod.Patch, "/v1/orders", json).Refuses(member), Does.Contain(rule));

    [TestCase("{\"lines\":[")]
    [TestCase("{\"lines\":[],}")]
    [TestCase("{lines:[]}")]
    [TestCase("{\"lines\":[{\"product\":\"p\",,}]}")]
    [TestCase("nonsense")]
    [TestCase("{\"lines\":[]}{}")]
    public async Task What_is_not_JSON_is_told_with_the_place(string json)
    {
        var problem = await web.Client.Post("/v1/orders", json).Problem(HttpStatusCode.BadRequest, "malformed");
        Assert.That((string?)problem["detail"], Does.Match("line 1, byte \\d+"));
    }

    [Test]
    public async Task A_JSON_bomb_is_refused() =>
        await web.Client.Post("/v1/anything", $$"""{"box":{{new string('[', 100_000)}}""").Problem(HttpStatusCode.BadRequest, "malformed");

    [Test]
    public async Task A_query_parameter_of_the_wrong_form_is_named() =>
        Assert.That(await web.Client.GetAsync("/v1/orders/0193d1d0-0000-7000-8000-000000000000?size=many").Refuses("size"), Does.Contain("form"));

    [TestCase("/v1/nowhere")]
    [TestCase("/v1/orders/not-a-uuid")]
    [TestCase("/v1/nothing")]
    [TestCase("/favicon.ico")]
    public async Task What_is_not_there_is_a_problem_too(string path) => await web.Client.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");

    [Test]
    public async Task A_client_that_accepts_only_HTML_still_gets_the_problem() =>
        await web.Client.Send(HttpMethod.Get, "/v1/nowhere", headers: ("Accept", "text/html")).Problem(HttpStatusCode.NotFound, "not-found");

    [Test]
    public async Task Another_method_is_told_which_there_are()
    {
        var answer = await web.Client.PutAsync("/v1/orders", null);
        await Task.FromResult(answer).Problem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(new[] { "PATCH", "POST" }));
    }

    [Test]
    public async Task A_body_that_is_not_JSON_by_its_own_word_is_refused() =>
        await web.Client.Send(HttpMethod.Post, "/v1/orders", "lines=1", "application/x-www-form-urlencoded").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Test]
    public async Task A_merge_patch_may_say_so() =>
        await web.Client.Send(HttpMethod.Patch, "/v1/orders", "{}", "application/merge-patch+json").Json();

    [Test]
    public async Task Refusals_carry_their_code_and_words()
    {
        var conflict = await web.Client.GetAsync("/v1/conflict").Problem(HttpStatusCode.Conflict, "already-there");
        Assert.That((string?)conflict["detail"], Is.EqualTo("It is there already."));
        await web.Client.GetAsync("/v1/impossible").Problem(HttpStatusCode.UnprocessableEntity, "never-open");
    }

    [Test]
    public async Task A_bug_says_nothing_of_itself_and_is_logged_once_under_the_request_s_id()
    {
        var problem = await web.Client.Send(HttpMethod.Get, "/v1/bug", headers: ("X-Request-Id", "call-17")).Problem(HttpStatusCode.InternalServerError, "internal");
        var logged = web.Log.Errors.Where(line => line.Text.Contains("call-17", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.ToJsonString(), Does.Not.Contain("secret"));
            Assert.That((string?)problem["requestId"], Is.EqualTo("call-17"));
            Assert.That(logged, Has.Count.EqualTo(1));
            Assert.That(logged[0].Error?.Message, Is.EqualTo("secret"));
            Assert.That(logged[0].Scopes, Does.Contain("RequestId:call-17"));
        }
    }

    [Test]
    public async Task JSON_of_our_own_that_cannot_be_read_is_our_bug_and_not_the_client_s() =>
        await web.Client.GetAsync("/v1/json-in-the-database").Problem(HttpStatusCode.InternalServerError, "internal");

    [TestCase("refused")]
    [TestCase("wrapped")]
    [TestCase("shutdown")]
    [TestCase("starting")]
    [TestCase("too-many")]
    [TestCase("timeout")]
    public async Task While_the_database_is_away_the_client_is_asked_to_come_back(string how)
    {
        var answer = await web.Client.GetAsync($"/v1/away/{how}");
        await Task.FromResult(answer).Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
    }

    private static InvalidOperationException Bug() => new("secret");

    private static Exception Away(string how) => how switch
    {
        "refused" => new NpgsqlException("refused", new SocketException((int)SocketError.ConnectionRefused)),
        "wrapped" => new InvalidOperationException("transient", new NpgsqlException("gone", new IOException("closed"))),
        "shutdown" => Postgres(PostgresErrorCodes.AdminShutdown),
        "starting" => Postgres(PostgresErrorCodes.CannotConnectNow),
        "too-many" => Postgres(PostgresErrorCodes.TooManyConnections),
        _ => new NpgsqlException("pool exhausted", new TimeoutException()),
    };

    private static PostgresException Postgres(string state) => new("x", "FATAL", "FATAL", state);

    public sealed record Order(
        IReadOnlyList<Line> Lines, bool Gift = false, Priority Priority = Priority.Normal, Guid? Customer = null, Instant? At = null, Duration? Within = null,
        IReadOnlyList<string>? Tags = null, IReadOnlyDictionary<string, string>? Notes = null);

    public sealed record Line(string Product, int Count, Box? Box = null);

    public sealed record Box(string Size);

    public sealed record Change(Optional<IReadOnlyList<Line>> Lines = default, Optional<Priority> Priority = default);
}
