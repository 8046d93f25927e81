using System.Diagnostics;

namespace HelpDesk.Faults;

/// <summary>The one PostgreSQL, durable as in production: stopped in order or as by a crash, and started again.</summary>
internal sealed class DatabaseServer(Ground ground, Timeline timeline)
{
    public int Restarts { get; private set; }

    public int Crashes { get; private set; }

    public async Task Restart(bool crash, TimeSpan pause, CancellationToken cancel)
    {
        var from = Timeline.Now;
        await Run(crash ? "crash" : "stop", cancel);
        await Task.Delay(pause, TimeProvider.System, cancel);
        await Run("start", cancel);
        timeline.WasAway(from, Timeline.Now);
        if (crash) Crashes++;
        else Restarts++;
    }

    private async Task Run(string what, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(ground.Postgres, [ground.PostgresFolder, what]) { RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new DrillFailed($"{ground.Postgres} could not be started.");
        var words = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new DrillFailed($"PostgreSQL could not be brought to {what}: {words}");
    }
}
