using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

internal static class Answers
{
    public static async Task<JsonNode> Json(this Task<HttpResponseMessage> answer, HttpStatusCode expected = HttpStatusCode.OK) =>
        await (await answer).Json(expected);

    public static async Task<JsonNode> Json(this HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>A desk listens before it is ready: the engine for its jobs starts beside it. Each look is a round trip, and asks its database.</summary>
    public static async Task<JsonNode> Ready(this HttpClient desk)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await desk.GetAsync("/health/ready");
            if (answer.StatusCode == HttpStatusCode.OK || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60)) return await answer.Json();
        }
    }

    /// <summary>A problem as every one must be: the right type and status, a trace, nothing of the desk's insides.</summary>
    public static async Task<JsonNode> Problem(this Task<HttpResponseMessage> answer, HttpStatusCode expected, string code)
    {
        var problem = await (await answer).Json(expected);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await answer).Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((string?)problem["type"], Is.EqualTo($"urn:helpdesk:{code}"));
            Assert.That((int?)problem["status"], Is.EqualTo((int)expected));
            Assert.That((string?)problem["title"], Is.Not.Empty);
            Assert.That((string?)problem["detail"], Is.Not.Empty);
            Assert.That((string?)problem["instance"], Is.EqualTo((await answer).RequestMessage!.RequestUri!.AbsolutePath));
            Assert.That((string?)problem["traceId"], Has.Length.EqualTo(32));
            Assert.That(problem.ToJsonString(), Does.Not.Contain("   at ").And.Not.Contain("Exception").And.Not.Contain("HelpDesk."));
        }
        return problem;
    }

    /// <summary>The rules that a 400 names for a member.</summary>
    public static async Task<string> Refuses(this Task<HttpResponseMessage> answer, string member)
    {
        var problem = await answer.Problem(HttpStatusCode.BadRequest, "validation");
        Assert.That(problem["errors"]?[member], Is.Not.Null, $"{member} is not named: {problem.ToJsonString()}");
        return string.Join("; ", problem["errors"]![member]!.AsArray().Select(rule => (string?)rule));
    }
}
