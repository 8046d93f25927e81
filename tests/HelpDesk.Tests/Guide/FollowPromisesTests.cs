using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Tests.Guide;

/// <summary>docs/examples: what becomes of promises is counted, each exactly once.</summary>
internal sealed class FollowPromisesTests : GuideFixture
{
    private const string Name = "follow-promises";

    [OneTimeSetUp]
    public Task Promise_much() => Promise(tickets: 40);

    [Test]
    public async Task Killed_again_and_again_on_a_bad_line_it_misses_nothing_and_counts_nothing_twice([Values] Tongue tongue)
    {
        var kill = new TaskCompletionSource();
        await using var between = await Between.Start(async (n, http) =>
        {
            // Small pages: there is much to be killed between.
            var query = http.Request.QueryString.Value!.Replace("limit=500", "limit=10", StringComparison.Ordinal);
            if (n % 7 == 2) kill.TrySetResult();
            if (n == 4) await Between.Busy(http, StatusCodes.Status503ServiceUnavailable, retryAfter: 1);
            else if (n == 6) http.Abort();
            else await Between.Pass(desk.Anonymous, http, query);
            if (n % 7 == 5) kill.TrySetResult();
        });
        var settings = await SettingsOf(between);
        var kills = -1;
        (int? Code, string Said, string Complaints) run;
        do
        {
            kills++;
            kill = new();
            run = await Example.Run(tongue, Name, folder, settings, "", kill.Task, "--once");
        }
        while (run.Code is null);
        Assert.That(run.Code, Is.Zero, run.Complaints);
        Assert.That(kills, Is.GreaterThan(3));
        var counted = await Counted();
        Assert.That(counted, Has.Length.EqualTo(3).And.All.Contains("promise."));
        Assert.That(Known(), Is.EqualTo(counted));
    }

    [Test]
    public async Task Started_again_it_counts_what_is_new_and_while_it_runs_too([Values] Tongue tongue)
    {
        await using var between = await Between.Start((_, http) => Between.Pass(desk.Anonymous, http));
        var settings = await SettingsOf(between);
        for (var round = 0; round < 2; round++)
        {
            Assert.That((await Example.Run(tongue, Name, folder, settings, arguments: "--once")).Code, Is.Zero);
            Assert.That(Known(), Is.EqualTo(await Counted()));
        }

        // A backup was restored: all is counted anew.
        await database.Execute("update feed_era set era = era + 1");
        using var running = await Example.Start(tongue, Name, folder, settings);
        await running.Output.ReadLineAsync();
        Assert.That(Known(), Is.EqualTo(await Counted()), running.Complaints);
        await Promise(tickets: 1);
        await running.Output.ReadLineAsync();
        Assert.That(Known(), Is.EqualTo(await Counted()), running.Complaints);
    }

    [Test]
    public async Task A_key_that_may_not_ends_it([Values] Tongue tongue)
    {
        await using var between = await Between.Start((_, http) => Between.Pass(desk.Anonymous, http));
        var (code, _, complaints) = await Example.Run(tongue, Name, folder, [("HELPDESK_URL", between.Url), ("HELPDESK_KEY", await Key("tickets:read"))]);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(complaints, Does.Contain("events:read"));
    }

    private async Task<IEnumerable<(string, string)>> SettingsOf(Between between) => [("HELPDESK_URL", between.Url), ("HELPDESK_KEY", await Key("events:read"))];

    /// <summary>Half of them are answered in time, the others renewed.</summary>
    private async Task Promise(int tickets)
    {
        for (var number = 1; number <= tickets; number++)
        {
            var ticket = await desk.Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created);
            if (number % 2 == 0) await desk.Admin.Post($"/v1/tickets/{ticket["id"]}/messages", """{ "author": "agent", "body": "We are on it." }""").Json(HttpStatusCode.Created);
        }

        await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT1H45M" }""").Json();
    }

    private async Task<string[]> Counted() =>
        (await database.Ask<string[]>("select array_agg(type || ' ' || n order by type) from (select type, count(*) n from events where type like 'promise.%' group by type) counted"))!;

    private string[] Known() =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "promises.json")))!["counts"]!.AsObject().Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal)];
}
