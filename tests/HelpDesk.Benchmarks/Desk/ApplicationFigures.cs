using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HelpDesk.Applications;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.LongWork;
using HelpDesk.Policies;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>A new version of a policy applied to ten thousand open tickets, by one server: once where every promise moves and is told, once where none does; and the dry run of both.</summary>
internal static class ApplicationFigures
{
    public static async Task Print(string server)
    {
        await using var desk = await BenchDesk.Start(server, "helpdesk_bench_application");
        await SweepFigures.MakePolicy(desk, TermHours.AroundTheClock);
        var now = await SweepFigures.Open(desk, 1) - Duration.FromMinutes(90);
        await Apply(desk, "every promise moves earlier and is told", 60, now);
        await Apply(desk, "no promise moves", 600, now);
    }

    private static async Task Apply(BenchDesk desk, string what, int minutes, Instant now)
    {
        var order = await Change(desk, minutes, now);
        var start = Mark.Now;
        var (report, _) = await desk.Get<DryRun>().Of(order, 0, 200, now, CancellationToken.None);
        Say($"{what}, dry run", report.LookedAt, start);
        var job = await Ask(desk, order, now);
        start = Mark.Now;
        var apply = desk.Get<ApplyVersion>();
        while (await apply.Step(job, now, CancellationToken.None)) continue;
        Say(what, await desk.Ask<long>($"select done from long_work where id = '{job}' and state = 'done'"), start);
    }

    private static void Say(string what, long tickets, Mark start)
    {
        var seconds = Stopwatch.GetElapsedTime(start.Time).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {tickets} tickets in {seconds:0.00} s = {tickets / seconds:0} a second, {(Environment.CpuUsage.TotalTime - start.Cpu).TotalSeconds:0.00} s of it the desk's own CPU time"));
    }

    private readonly record struct Mark(long Time, TimeSpan Cpu)
    {
        public static Mark Now => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    private static async Task<ApplicationOrder> Change(BenchDesk desk, int minutes, Instant now)
    {
        await using var scope = desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        var policy = await db.Set<Policy>().SingleAsync();
        var version = await db.Set<PolicyVersion>().SingleAsync(row => row.Version == policy.Version);
        var term = new TermDefinition(Target: IsoDuration.FromDuration(Duration.FromMinutes(minutes)), Hours: TermHours.AroundTheClock);
        db.Add(policy.Change(version.Read(), version.Read() with { Terms = new Dictionary<string, TermDefinition> { ["first_response"] = term } }, now)!);
        await db.SaveChangesAsync();
        return new ApplicationOrder(policy.Id, policy.Version, version.CalendarId, 1);
    }

    private static async Task<Guid> Ask(BenchDesk desk, ApplicationOrder order, Instant now)
    {
        await using var scope = desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        var job = new LongJob(ApplyVersion.OfPolicy, JsonSerializer.Serialize(order, JsonConventions.Options), "bench", null, now);
        db.Add(job);
        await db.SaveChangesAsync();
        return job.Id;
    }
}
