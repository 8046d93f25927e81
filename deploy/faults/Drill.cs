using System.Text.Json;
using Npgsql;

namespace HelpDesk.Faults;

/// <summary>The drill: two desks work while they are struck, then they are healed, settle, and are audited.</summary>
internal sealed class Drill(DrillOptions options, Ground ground, TextWriter told)
{
    private const string Hooks = "hooks";
    private const string AdminKey = "drill-0123456789-0123456789-0123456789";
    private static readonly string[] Names = ["a", "b"];

    private Stretch blows;

    public async Task<Findings> Run(CancellationToken cancel)
    {
        using var clock = new MovedClock(ground.File("clock"));
        var timeline = new Timeline(clock);
        var (mailFaults, hookFaults) = (Faults(3), Faults(4));
        await using var mail = new Sink(Names, mailFaults, (client, desk) => new SmtpConversation(client, desk, mailFaults, timeline, Stage.NobodyThere));
        await using var hooks = new Sink([Hooks], hookFaults, (client, _) => new WebhookConversation(client, hookFaults, timeline, Stage.GoneHook));
        await using var database = NpgsqlDataSource.Create(ground.Connection);
        var desks = Names.Select(name => new DeskServer(name, ground, timeline, Settings(mail.Port(name)))).ToList();
        try
        {
            await told.WriteLineAsync($"Seed {options.Seed}, {options.Kills} kills. Two desks start …");
            await Task.WhenAll(desks.Select(desk => desk.Start(cancel)));
            using var calls = new DeskCalls(desks, AdminKey, options.Seed);
            await Stage.Set(calls, Origin(hooks), cancel);
            var began = Timeline.Now;
            var script = new Script(options, calls, timeline);
            var havoc = new Havoc(options, desks, new DatabaseServer(ground, timeline), timeline, told).Run(cancel);
            await script.Play(() => havoc.IsCompleted, cancel);
            await havoc;
            blows = new Stretch(began, Timeline.Now);
            mailFaults.Heal();
            hookFaults.Heal();
            await told.WriteLineAsync("All is healed; the desks settle …");
            await new Settling(database, timeline).Wait(cancel);
            return await Audit(calls, script, [.. mail.Taken, .. hooks.Taken], timeline, database, cancel);
        }
        finally
        {
            foreach (var desk in desks) desk.Dispose();
        }
    }

    /// <summary>Planned for far longer than it can take: the plan must not run out.</summary>
    private FaultPlan Faults(int part) => new(options.Chance(part), options.BetweenKills.ToTimeSpan() * (options.Kills * 3 + 60));

    private static string Origin(Sink hooks) => $"http://127.0.0.1:{hooks.Port(Hooks)}";

    private Dictionary<string, string> Settings(int mailPort) => new()
    {
        ["ConnectionStrings__HelpDesk"] = ground.Connection,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Access__AdminKey"] = AdminKey,
        ["RateLimits__PerMinute"] = "0",
        ["Messages__MinimumGap"] = "PT1S",
        ["Desk__SigningKey"] = AdminKey,
        ["Webhooks__AllowedNetworks"] = "127.0.0.0/8",
        ["Mail__Host"] = "127.0.0.1",
        ["Mail__Port"] = $"{mailPort}",
        ["Mail__Attempts"] = "100",
        [StartupHook.ClockFile] = ground.File("clock"),
    };

    private async Task<Findings> Audit(DeskCalls calls, Script script, IReadOnlyList<Handover> taken, Timeline timeline, NpgsqlDataSource database, CancellationToken cancel)
    {
        await File.WriteAllLinesAsync(ground.File("sinks.jsonl"), taken.Select(handover => JsonSerializer.Serialize(Plain(handover))), cancel);
        await File.WriteAllLinesAsync(ground.File("calls.jsonl"), calls.Made.Select(call => JsonSerializer.Serialize(call)), cancel);
        await File.WriteAllLinesAsync(ground.File("blows.txt"), Blows(timeline), cancel);
        var books = await BookReader.Read(database, cancel);
        var findings = new Findings();
        findings.Count("Seconds under blows", (int)blows.Length.TotalSeconds);
        findings.Count("  of which at least one desk was ready, in percent", (int)Math.Round(100 * timeline.ShareReady(blows)));
        findings.Count("Kills", timeline.Kills.Count);
        findings.Count("Times the database went away", timeline.DatabaseAway.Count);
        findings.Count("Jumps of the clocks", timeline.Jumps.Count);
        new AnswerAudit(books, findings).Run(calls.Made, script.Tickets);
        findings.Expect("Answers 500");
        foreach (var (words, times) in calls.Bugs)
        {
            for (var time = 0; time < times; time++) findings.Breach("Answers 500", words);
        }

        var byId = taken.ToLookup(handover => handover.Id);
        new PromiseAudit(books, timeline, findings).Run();
        new DeliveryAudit(books, byId, timeline, findings).Run();
        return findings;
    }

    private static object Plain(Handover handover) => new
    {
        handover.Id, handover.Recipient, handover.Desk, begun = Exactly(handover.Begun), at = Exactly(handover.At), deskTime = Exactly(handover.DeskTime),
    };

    private static IEnumerable<string> Blows(Timeline timeline) =>
        timeline.Kills.Select(kill => (At: kill.Time.From, Words: $"kill of {kill.Desk}"))
            .Concat(timeline.DatabaseAway.Select(gap => (At: gap.From, Words: $"database away until {gap.To}")))
            .Concat(timeline.Jumps.Select(jump => (jump.At, Words: $"clocks from {jump.Before} to {jump.After}")))
            .OrderBy(blow => blow.At)
            .Select(blow => $"{Exactly(blow.At)} {blow.Words}");

    private static string Exactly(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);
}
