using System.Net;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.Tests.Web;

/// <summary>Entity tags, merge patches, request ids, HEAD: on endpoints made up for it.</summary>
internal sealed class MannersTests
{
    private WebProbe web = null!;

    [OneTimeSetUp]
    public async Task Start() => web = await WebProbe.Start(api =>
    {
        api.MapGet("/thing", (HttpContext http) =>
        {
            http.SetETag(7);
            return Results.Ok(new { version = 7 });
        });
        api.MapPut("/thing", (HttpContext http) => http.RequireMatch(7));
        api.MapPatch("/plan", async (MergePatch<Plan> patch, HttpContext http) => await patch.ApplyTo(Current, http));
    });

    [OneTimeTearDown]
    public async Task Stop() => await web.DisposeAsync();

    private static Plan Current => new("Gold", new Dictionary<string, Target> { ["first"] = new(Duration.FromHours(2), "x"), ["last"] = new(Duration.FromHours(8), null) }, ["a", "b"], "all of it");

    [TestCase("\"7\"")]
    [TestCase("W/\"7\"")]
    [TestCase("\"5\", \"7\"")]
    [TestCase("*")]
    public async Task What_the_client_has_is_not_sent_again(string tag)
    {
        var answer = await web.Client.Send(HttpMethod.Get, "/v1/thing", headers: ("If-None-Match", tag));
        Assert.That((answer.StatusCode, answer.Headers.ETag?.Tag, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotModified, "\"7\"", "")));
    }

    [TestCase("\"6\"")]
    [TestCase("nonsense")]
    public async Task What_has_changed_is_sent(string tag) => await web.Client.Send(HttpMethod.Get, "/v1/thing", headers: ("If-None-Match", tag)).Json();

    [TestCase("\"7\"", HttpStatusCode.OK)]
    [TestCase("\"6\", \"7\"", HttpStatusCode.OK)]
    [TestCase("*", HttpStatusCode.OK)]
    [TestCase("\"7-2\"", HttpStatusCode.OK)]
    [TestCase("\"6\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("\"6-2\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("\"77-2\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("\"-7\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("W/\"7-2\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("W/\"7\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("7", HttpStatusCode.PreconditionFailed)]
    public async Task A_write_is_refused_unless_its_condition_holds(string tag, HttpStatusCode expected)
    {
        var answer = web.Client.Send(HttpMethod.Put, "/v1/thing", headers: ("If-Match", tag));
        if (expected == HttpStatusCode.OK) Assert.That((await answer).StatusCode, Is.EqualTo(expected));
        else Assert.That((string?)(await answer.Problem(expected, "stale"))["detail"], Does.Contain("\"7\""));
    }

    [Test]
    public async Task HEAD_is_GET_without_the_body()
    {
        var answer = await web.Client.Send(HttpMethod.Head, "/v1/thing");
        Assert.That((answer.StatusCode, answer.Headers.ETag?.Tag, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.OK, "\"7\"", "")));
        Assert.That((await web.Client.Send(HttpMethod.Head, "/v1/nowhere")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("call-17", "call-17")]
    [TestCase("", null)]
    [TestCase("two words", null)]
    [TestCase("çağrı", null)]
    public async Task A_request_id_fit_to_be_logged_is_echoed_and_another_is_replaced(string given, string? echoed)
    {
        var answer = await web.Client.Send(HttpMethod.Get, "/v1/nowhere", headers: ("X-Request-Id", given));
        var id = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.That(id, echoed is null ? Is.Not.EqualTo(given).And.Not.Empty : Is.EqualTo(echoed));
        Assert.That((string?)(await answer.Json(HttpStatusCode.NotFound))["requestId"], Is.EqualTo(id));
    }

    [Test]
    public async Task A_request_id_of_255_letters_is_echoed_and_a_longer_one_is_replaced()
    {
        async Task<string> Echoed(int length) =>
            (await web.Client.Send(HttpMethod.Get, "/v1/nowhere", headers: ("X-Request-Id", new string('x', length)))).Headers.GetValues("X-Request-Id").Single();
        Assert.That(await Echoed(255), Has.Length.EqualTo(255));
        Assert.That(await Echoed(256), Has.Length.LessThan(101));
    }

    [TestCase("POST", "/v1/thing", "GET, HEAD, PUT")]
    [TestCase("PUT", "/v1/plan", "PATCH")]
    [TestCase("HEAD", "/v1/plan", "PATCH")]
    public async Task Whoever_takes_GET_takes_HEAD_and_says_so(string method, string path, string allowed)
    {
        var answer = await web.Client.Send(new(method), path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow.Order(), Is.EqualTo(allowed.Split(", ")));
    }

    [Test]
    public async Task The_caller_s_trace_goes_on_in_the_answer_and_in_problems()
    {
        var answer = await web.Client.Send(HttpMethod.Get, "/v1/nowhere", headers: ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Assert.That(answer.Headers.GetValues("traceparent").Single(), Does.StartWith("00-0af7651916cd43dd8448eb211c80319c-"));
        Assert.That((string?)(await answer.Json(HttpStatusCode.NotFound))["traceId"], Is.EqualTo("0af7651916cd43dd8448eb211c80319c"));
    }

    [Test]
    public async Task Browsers_are_told_not_to_guess()
    {
        var answer = await web.Client.GetAsync("/v1/thing");
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [Test]
    public async Task A_merge_patch_changes_what_it_names_removes_what_it_nulls_and_keeps_the_rest()
    {
        var plan = await web.Client.Send(
            HttpMethod.Patch, "/v1/plan", """{"name":"Silver","note":null,"targets":{"first":{"target":"PT1H"},"last":null,"next":{"target":"P1D"}},"tags":["c"]}""",
            "application/merge-patch+json").Json();
        Assert.That(plan.ToJsonString(), Is.EqualTo(
            """{"name":"Silver","targets":{"first":{"target":"PT1H","words":"x"},"next":{"target":"PT24H","words":null}},"tags":["c"],"note":null}"""));
    }

    [TestCase("""{"name":null}""", "name", "is required")]
    [TestCase("""{"nam":"x"}""", "nam", "not a member")]
    [TestCase("""{"targets":{"first":{"target":"P1Y"}}}""", "targets.first.target", "years or months")]
    [TestCase("""{"tags":[null]}""", "tags[0]", "must not be null")]
    [TestCase("""[]""", "$", "must be an object")]
    public async Task A_merge_patch_is_refused_like_a_whole_document(string json, string member, string rule) =>
        Assert.That(await web.Client.Send(HttpMethod.Patch, "/v1/plan", json).Refuses(member), Does.Contain(rule));

    public sealed record Plan(string Name, IReadOnlyDictionary<string, Target> Targets, IReadOnlyList<string> Tags, string? Note = null);

    public sealed record Target([property: System.Text.Json.Serialization.JsonPropertyName("target")] Duration Of, string? Words = null);
}
