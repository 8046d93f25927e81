using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.BadInput;

/// <summary>
/// Ten thousand requests with something wrong in them, over everything that the desk's own document offers. Whatever comes, the desk does not fall over, and says
/// what is amiss. HELPDESK_BAD_INPUT=seed plays another ten thousand, HELPDESK_BAD_INPUT=seed:number one of them.
/// </summary>
internal sealed class BadInputTests
{
    private const int Many = 10_000;
    private const int Seed = 20_261_122;
    private const int Lanes = 4;

    private readonly LogLines log = new();
    private TestDesk desk = null!;
    private Surface surface = null!;
    private Estate estate = null!;
    private List<Operation> operations = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start([("Sandbox:Clock", "true"), ("RateLimits:PerMinute", "0")], services: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Error)));
        surface = new Surface(await desk.Anonymous.GetAsync("/openapi/v1.json").Json());
        // Whoever moves the clock moves it for all: last.
        operations = [.. surface.All().OrderBy(Estate.IsSandbox)];
        estate = new Estate(desk.Admin, surface);
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
        await estate.Settle(operations);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        log.Dispose();
    }

    [Test]
    public async Task Ten_thousand_spoiled_requests_are_refused_in_words_and_nothing_breaks()
    {
        var (seed, only) = Asked();
        await TestContext.Out.WriteLineAsync($"Seed {seed}. One alone: HELPDESK_BAD_INPUT={seed}:number");
        var spoiler = new Spoiler(surface, estate);
        var (wrong, statuses, start) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>(), Stopwatch.GetTimestamp());
        var slowest = (Took: TimeSpan.Zero, What: "");
        var share = Many / operations.Count + 1;
        var numbers = Enumerable.Range(0, Many).Where(number => only is null || number == only);
        foreach (var phase in numbers.GroupBy(number => Estate.IsSandbox(Of(number))).OrderBy(phase => phase.Key))
        {
            await Parallel.ForEachAsync(phase, new ParallelOptions { MaxDegreeOfParallelism = phase.Key ? 1 : Lanes }, async (number, cancel) =>
            {
                var spoiled = spoiler.Next(Of(number), new Random(seed * 31 + number));
                var began = Stopwatch.GetTimestamp();
                using var request = spoiled.ToRequest();
                using var answer = await desk.Admin.SendAsync(request, cancel);
                statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
                if (await Amiss(spoiled, answer) is { } amiss) wrong.Enqueue($"{number}: {amiss}: {spoiled}\n    {(int)answer.StatusCode} {Short(await answer.Content.ReadAsStringAsync(cancel))}");
                var took = Stopwatch.GetElapsedTime(began);
                lock (wrong) slowest = took > slowest.Took ? (took, $"{number}: {spoiled}") : slowest;
            });
        }

        await TestContext.Out.WriteLineAsync(
            $"{operations.Count} operations in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s: {string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} x {pair.Key}"))}. Slowest {slowest.Took.TotalMilliseconds:F0} ms: {slowest.What}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Empty, $"{wrong.Count} of them; the first: {string.Join('\n', wrong.Take(25))}");
            Assert.That(log.Errors.Select(line => $"{line.Text} {line.Error?.GetBaseException().Message}").Take(5), Is.Empty);
        }

        Operation Of(int number) => operations[number / share];
    }

    [Test]
    public void Everything_that_can_be_made_was_made_so_that_what_is_spoiled_is_good_but_for_one_thing()
    {
        var lists = operations.Where(operation => operation.Method == HttpMethod.Get && operations.Any(other => other.Method == HttpMethod.Post && other.Path == operation.Path) && !operation.Path.Contains('{'))
            .Select(operation => operation.Path + "/{}");
        Assert.That(lists, Is.SubsetOf(estate.Templates));
    }

    [TestCase("/v1/customers?email=a%00b", "email")]
    [TestCase("/v1/tickets?queue=%00", "queue")]
    public async Task Text_that_cannot_be_kept_is_refused_by_its_name_in_a_query_too(string address, string name) =>
        Assert.That(await desk.Admin.GetAsync(address).Refuses(name), Does.Contain("U+0000"));

    [TestCase("""{"customFields":{"a":"x\u0000"}}""", "customFields.a")]
    [TestCase("""{"customFields":{"a":{"b":["\ud800"]}}}""", "customFields.a.b[0]")]
    [TestCase("""{"customFields":{"a\u0000":1}}""", "customFields")]
    [TestCase("""{"customFields":{"\ud800":1}}""", "customFields")]
    [TestCase("""{"customFields":{"a":1,"a":2}}""", "customFields.a")]
    [TestCase("""{"tags":["x","\u0000"]}""", "tags[1]")]
    public async Task Text_that_cannot_be_kept_is_refused_however_deep_it_stands_and_so_is_what_stands_twice(string json, string member)
    {
        var ticket = estate.Address(operations.Single(operation => operation is { Path: "/v1/tickets/{id}", Method.Method: "GET" }), new Random(1));
        await desk.Admin.Send(HttpMethod.Patch, ticket, json, "application/merge-patch+json").Refuses(member);
        await desk.Admin.Post("/v1/tickets", $$"""{"subject":"s","requester":{"email":"a@example.org"},{{json[1..]}}""").Refuses(member);
    }

    /// <summary>What must not be, in words.</summary>
    private static async Task<string?> Amiss(Spoiled spoiled, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500) return "broke";
        if (status < 400) return spoiled.Member is null ? null : $"{spoiled.Member} was taken";
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return "is no problem";
        var text = await answer.Content.ReadAsStringAsync();
        JsonNode problem;
        try
        {
            problem = JsonNode.Parse(text)!;
        }
        catch (JsonException)
        {
            return "is no JSON";
        }

        if (problem["type"] is not JsonValue type || !((string)type!).StartsWith("urn:helpdesk:", StringComparison.Ordinal)) return "has no type of the desk's";
        if ((int?)problem["status"] != status || string.IsNullOrWhiteSpace((string?)problem["title"]) || string.IsNullOrWhiteSpace((string?)problem["detail"])) return "says too little";
        if (text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Npgsql", StringComparison.Ordinal) || text.Contains("System.", StringComparison.Ordinal)) return "tells of the desk's insides";
        return Unnamed(spoiled, problem);
    }

    private static string? Unnamed(Spoiled spoiled, JsonNode problem)
    {
        if ((string?)problem["type"] == "urn:helpdesk:validation" && problem["errors"] is not JsonObject { Count: > 0 }) return "names no member";
        if (spoiled.Member is null || (int?)problem["status"] != (int)HttpStatusCode.BadRequest) return null;
        var named = problem["errors"]?.AsObject().Select(error => error.Key).ToList() ?? [];
        return named.Any(name => name.StartsWith(spoiled.Member, StringComparison.Ordinal) || spoiled.Member.StartsWith(name, StringComparison.Ordinal)) ? null : $"does not name {spoiled.Member}";
    }

    private static (int Seed, int? Only) Asked()
    {
        if (Environment.GetEnvironmentVariable("HELPDESK_BAD_INPUT") is not { Length: > 0 } asked) return (Seed, null);
        var parts = asked.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length == 1 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Short(string text) => text.Length <= 600 ? text : text[..600] + " …";
}
