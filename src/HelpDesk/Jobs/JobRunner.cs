using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Time;
using HelpDesk.Web.Problems;

namespace HelpDesk.Jobs;

/// <summary>
/// Runs a job once and lets nothing out of it: an error is logged and the job comes again at its next turn. While the database is away that is said
/// once per job and outage.
/// </summary>
internal sealed partial class JobRunner(IServiceScopeFactory scopes, DeskClock clock, JobSwitches switches, JobLog runs, JobMeter meter, ILogger<JobRunner> log)
{
    private static readonly ActivitySource Traces = new("HelpDesk.Jobs");

    /// <summary>Until it is known whether it goes on.</summary>
    private static readonly Duration PauseWhilePaused = Duration.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> away = new(StringComparer.Ordinal);

    /// <param name="isAsked">Somebody asked for it out of its turn: it runs in a sandbox that holds the time, too.</param>
    public async Task<JobOutcome> Run(RecurringJob job, CancellationToken cancel, bool isOnTimer = false, bool isAsked = false)
    {
        // What looks every second for something to do leaves no trace of looking: what it finds has one of its own.
        using var trace = job.Reach == JobReach.EachServer ? null : Traces.StartActivity(job.Name);
        using var scope = log.BeginScope("{Job}", job.Name);
        var start = clock.MachineNow;
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
            return Note(job, start, 0, error.GetBaseException().Message);
        }
    }

    private JobOutcome Note(RecurringJob job, Instant start, int done, string? error)
    {
        var took = clock.MachineNow - start;
        meter.Ran(job.Name, took, done, hasFailed: error is not null);
        return new(done, runs.Note(job.Name, before => before with { StartedAt = start, Took = took, Done = done, Error = error }));
    }

    /// <summary>How long until the job should be looked at again.</summary>
    public async Task<JobPause> Pause(RecurringJob job, CancellationToken cancel)
    {
        var pause = await Until(job, cancel);
        NoteNext(job, pause.Length);
        return pause;
    }

    public void NoteNext(RecurringJob job, Duration pause) => runs.Note(job.Name, before => before with { NextAt = clock.MachineNow + pause });

    private async Task<JobPause> Until(RecurringJob job, CancellationToken cancel)
    {
        try
        {
            if (await switches.IsPaused(job.Name, cancel)) return new(Duration.Min(job.Every, PauseWhilePaused));
            if (await Now(job, cancel) is not { } now) return new(job.Every);
            await using var services = scopes.CreateAsyncScope();
            var next = job.NextDue is null ? null : await job.NextDue(services.ServiceProvider, now, cancel);
            var pause = next is { } at && at - now < job.Every ? Duration.Max(at - now, Duration.FromMilliseconds(1)) : job.Every;
            return new(pause) { Next = next, MayRest = job.MayRest is { } mayRest && await mayRest(services.ServiceProvider, cancel) };
        }
        catch (Exception error)
        {
            // The job itself says what is amiss, at its next turn.
            LogNextUnknown(error, job.Name);
            return new(job.Every);
        }
    }

    /// <summary>Null: a sandbox holds the time, the job stands still.</summary>
    private async ValueTask<Instant?> Now(RecurringJob job, CancellationToken cancel) =>
        job.Clock == JobClock.Desk && await clock.SandboxTime(cancel) is not null ? null : clock.MachineNow;

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
internal readonly record struct JobOutcome(int Done, JobRun? Run);
