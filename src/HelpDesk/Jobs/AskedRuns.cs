using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>Rung when a job was paused, resumed or asked for on this server.</summary>
internal sealed class JobBell : Bell;

/// <summary>
/// Sees to the runs that were asked for out of turn: one server that runs jobs takes up each, whichever it was asked of. It looks once a second, and with that
/// every job knows whether it is paused; while nothing was committed since, it need not.
/// </summary>
internal sealed partial class AskedRuns(
    IEnumerable<RecurringJob> jobs, CommitMark marks, JobSwitches switches, JobBell bell, TimedJobs timed, SharedJobs shared, IJobEngine engine, NpgsqlDataSource database, TimeProvider machine,
    ILogger<AskedRuns> log) : BackgroundService
{
    private static readonly Duration Pause = Duration.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts others only when this gives way.
        await Task.Yield();
        string? seen = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var mark = await marks.Read(stoppingToken);
                if (mark != seen && await Look(stoppingToken) == 0) seen = mark;
                if (await bell.Wait(Pause, machine, stoppingToken)) seen = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The jobs themselves say that the database is away.
                if (!DatabaseAway.Caused(error)) LogFailed(error);
                await Task.Delay(Pause.ToTimeSpan(), machine, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>How many are asked for.</returns>
    private async Task<int> Look(CancellationToken cancel)
    {
        var rows = await switches.Look(cancel);
        var asked = jobs.Where(job => rows.GetValueOrDefault(job.Name) is { AskedAt: not null, PausedAt: null }).ToList();
        foreach (var job in asked) await TakeUp(job, cancel);
        return asked.Count;
    }

    /// <summary>What the engine is told is told before it is taken off the list: should this server die in between, it runs twice rather than not at all.</summary>
    private async Task TakeUp(RecurringJob job, CancellationToken cancel)
    {
        var isShared = job.Reach == JobReach.OnceAcrossServers;
        if (isShared && !shared.AreRunning) return;
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (!await JobRows.TakeAsked(transaction, job.Name, cancel)) return;
        if (isShared) await engine.RunNow(job.Name, cancel);
        await transaction.CommitAsync(cancel);
        if (!isShared) timed.RunNow(job.Name);
        LogTaken(job.Name);
    }

    [LoggerMessage(1407, LogLevel.Information, "{Job} is run out of its turn, as was asked for")]
    private partial void LogTaken(string job);

    [LoggerMessage(1408, LogLevel.Error, "Runs that were asked for could not be taken up; trying again")]
    private partial void LogFailed(Exception error);
}
