using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Jobs;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpDesk.Tests.Jobs;

/// <summary>Desks on one database with jobs of the test's own, and an engine that is as impatient as it may be.</summary>
internal abstract class EngineFixture
{
    protected static readonly Duration Often = Duration.FromSeconds(1);
    protected static readonly Duration Seldom = Duration.FromHours(1);
    protected static readonly (string, string) Impatient = ("Jobs:Takeover", "PT3S");

    protected TestDatabase Database { get; private set; } = null!;

    [SetUp]
    public void Make_the_database() => Database = TestDatabase.Create();

    [TearDown]
    public async Task Drop_the_database()
    {
        Assert.That(await EventShapes.Faults(Database), Is.Empty);
        await Database.DisposeAsync();
    }

    protected static RecurringJob Once(string name, Duration every, Func<CancellationToken, Task> run) => new(
        name, every, JobReach.OnceAcrossServers, JobClock.Desk, async (_, _, cancel) =>
        {
            await run(cancel);
            return 0;
        });

    protected static RecurringJob Once(string name, Duration every, Signal runs) => Once(name, every, _ => Count(runs));

    protected static RecurringJob Each(string name, Duration every, Signal runs) => Once(name, every, runs) with { Reach = JobReach.EachServer };

    private static Task Count(Signal runs)
    {
        runs.Count();
        return Task.CompletedTask;
    }

    protected TestDesk Run(params RecurringJob[] jobs) => Run(jobs, []);

    protected TestDesk Run(RecurringJob[] jobs, params (string, string)[] settings) => TestDesk.Start(
        [("Jobs:Enabled", "true"), Impatient, .. settings],
        services: services =>
        {
            services.RemoveAll<RecurringJob>();
            foreach (var job in jobs) services.AddSingleton(job);
            services.Replace(ServiceDescriptor.Singleton(provider => JobOptions.Read(provider.GetRequiredService<IConfiguration>()) with { RetryAfter = [Often, Often] }));
        },
        database: Database);

    protected static async Task<JsonNode> Job(TestDesk desk, string name) =>
        (await desk.Admin.GetAsync("/v1/jobs").Json())["items"]!.AsArray().Single(job => (string?)job!["name"] == name)!;

    protected static Task<JsonNode> Pause(TestDesk desk, string job, bool paused = true) =>
        desk.Admin.Send(HttpMethod.Put, $"/v1/jobs/{job}/paused", $$"""{ "paused": {{(paused ? "true" : "false")}} }""").Json();

    protected static Task<JsonNode> RunNow(TestDesk desk, string job) => desk.Admin.Post($"/v1/jobs/{job}/run", "").Json(HttpStatusCode.Accepted);
}
