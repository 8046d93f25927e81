using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Time;
using HelpDesk.Web.Problems;

namespace HelpDesk.Jobs;

/// <summary>
/// Runs a job once and lets nothing out of it: an error is logged and the job comes again at its next turn. While the database is away that is said
/// once per job and outage.
/// </summary>
internal sealed partial class JobRunner(IServiceScopeFactory scopes, DeskClock clock, TimeProvider machine, JobSwitches switches, JobLog runs, JobMeter meter, ILogger<JobRunner> log)
{
    private static readonly ActivitySource Traces = new("HelpDesk.Jobs");

    /// <summary>Until it is known whether it goes on.</summary>
    private static readonly Duration PauseWhilePaused = Duration.FromSeconds(1);

    /// <summary>What is due and was not found is in another's hands, who may take a while.</summary>
    private static readonly Duration PauseWhileHeld = Duration.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> away = new(StringComparer.Ordinal);

    /// <param name="isAsked">Somebody asked for it out of its turn: it runs in a sandbox that holds the time, too.</param>
    public async Task<JobOutcome> Run(RecurringJob job, CancellationToken cancel, bool isOnTimer = false, bool isAsked = false)
    {
        // What looks every second for something to do leaves no trace of looking: what it finds has one of its own.
        using var trace = job.Reach == JobReach.EachServer ? null : Traces.StartActivity(job.Name);
        using var scope = log.BeginScope("{Job}", job.Name);
        var start = new Start(clock.MachineNow, machine.GetTimestamp());
        try
        {
            if (await switches.IsPaused(job.Name, cancel)) return default;
            if ((isAsked ? await clock.Now(cancel) : await Now(job, cancel)) is not { } now) return default;
            await using var services = scopes.CreateAsyncScope();
            var done = await (isOnTimer && job.Step is { } step ? step : job.RunOnce)(services.ServiceProvider, now, cancel);
            if (away.TryRemove(job.Name, out _)) LogBack(job.Name);
            return Note(job, start, done, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return default;
        }
        catch (Exception error) when (DatabaseAway.Caused(error))
        {
            if (away.TryAdd(job.Name, true)) LogAway(job.Name, error.GetBaseException().Message);
            return Note(job, start, 0, error.GetBaseException().Message);
        }
        catch (Exception error)
        {
            LogFailed(error, job.Name);
            return Note(job, start, 0, error.GetBaseException().Message) with { IsFault = true };
        }
    }

    private JobOutcome Note(RecurringJob job, Start start, int done, string? error)
    {
        // By what no clock that is set back can shorten.
        var took = Duration.FromTimeSpan(machine.GetElapsedTime(start.Timestamp));
        meter.Ran(job.Name, took, done, hasFailed: error is not null);
        return new(done, runs.Note(job.Name, before => before with { StartedAt = start.At, Took = took, Done = done, Error = error }));
    }

    /// <summary>How long until the job should be looked at again.</summary>
    /// <param name="last">What the run before came to.</param>
    /// <param name="atLeast">Not before, whatever is due.</param>
    public async Task<JobPause> Pause(RecurringJob job, JobOutcome last, Duration atLeast, CancellationToken cancel)
    {
        var pause = await Until(job, last, cancel);
        pause = pause with { Length = Duration.Max(pause.Length, atLeast) };
        NoteNext(job, pause.Length);
        return pause;
    }

    public void NoteNext(RecurringJob job, Duration pause) => runs.Note(job.Name, before => before with { NextAt = clock.MachineNow + pause });

    private async Task<JobPause> Until(RecurringJob job, JobOutcome last, CancellationToken cancel)
    {
        try
        {
            if (await switches.IsPaused(job.Name, cancel)) return new(Duration.Min(job.Every, PauseWhilePaused));
            if (await Now(job, cancel) is not { } now) return new(job.Every);
            await using var services = scopes.CreateAsyncScope();
            var next = job.NextDue is null ? null : await job.NextDue(services.ServiceProvider, now, cancel);
            return new(next is { } at ? Duration.Min(job.Every, Duration.Max(at - now, Least(at, last))) : job.Every) { Next = next, MayRest = job.MayRest is { } mayRest && await mayRest(services.ServiceProvider, cancel) };
        }
        catch (Exception error)
        {
            // The job itself says what is amiss, at its next turn.
            LogNextUnknown(error, job.Name);
            return new(job.Every);
        }
    }

    /// <summary>What came due while the job ran is looked for at once; what was due before, and it passed over, is not.</summary>
    private static Duration Least(Instant due, JobOutcome last) => due <= last.Run?.StartedAt ? PauseWhileHeld : Duration.FromMilliseconds(1);

    /// <summary>Null: a sandbox holds the time, the job stands still.</summary>
    private async ValueTask<Instant?> Now(RecurringJob job, CancellationToken cancel) =>
        job.Clock == JobClock.Desk && await clock.SandboxTime(cancel) is not null ? null : clock.MachineNow;

    private readonly record struct Start(Instant At, long Timestamp);

    [LoggerMessage(1403, LogLevel.Warning, "{Job}: the database is away ({Reason}); it is tried again until it is back")]
    private partial void LogAway(string job, string reason);

    [LoggerMessage(1404, LogLevel.Information, "{Job}: the database is back")]
    private partial void LogBack(string job);

    [LoggerMessage(1405, LogLevel.Error, "{Job} failed; it comes again at its next turn")]
    private partial void LogFailed(Exception error, string job);

    [LoggerMessage(1406, LogLevel.Debug, "{Job}: the next due instant could not be read")]
    private partial void LogNextUnknown(Exception error, string job);
}

/// <param name="Length">How long until the job should be looked at again.</param>
internal readonly record struct JobPause(Duration Length)
{
    /// <summary>When there is something to do, as far as the database knows.</summary>
    public Instant? Next { get; init; }

    /// <summary>Whether a look before <see cref="Next"/> finds nothing unless something was committed.</summary>
    public bool MayRest { get; init; }
}

/// <param name="Done">How much the job did; 0 when it failed or stands still.</param>
/// <param name="Run">Null where it did not run: it is paused, stands still, or was stopped.</param>
internal readonly record struct JobOutcome(int Done, JobRun? Run)
{
    /// <summary>It failed, and not because the database is away.</summary>
    public bool IsFault { get; init; }
}
