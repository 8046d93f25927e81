using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>One run of a job that runs once across servers, as the engine fires it, and how it went, for every server to tell.</summary>
internal sealed partial class SharedRun(IEnumerable<RecurringJob> jobs, JobRunner runner, JobRows rows, NpgsqlDataSource database, ILogger<SharedRun> log)
{
    /// <param name="isAsked">Somebody asked for it out of its turn.</param>
    /// <returns>How much it did.</returns>
    /// <exception cref="JobFailedException">For the engine to try again.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before it was done, and is another server's.</exception>
    public async Task<int> Run(string name, bool isAsked, CancellationToken cancel)
    {
        // Another version of the desk may know jobs that this one does not.
        if (jobs.SingleOrDefault(job => job.Name == name && job.Reach == JobReach.OnceAcrossServers) is not { } job) return 0;
        await using var held = await JobLock.TryTake(database, name, cancel) ?? throw new JobBusyException($"{name} runs elsewhere, or what ran it is not known to be gone.");
        var outcome = await runner.Run(job, cancel, isAsked: isAsked);
        cancel.ThrowIfCancellationRequested();
        if (outcome.Run is { } run) await Note(name, run, cancel);
        return outcome.Run?.Error is null ? outcome.Done : throw new JobFailedException($"{name} failed. What with stands in the server's log, at /ops, and at GET /v1/jobs.");
    }

    private async Task Note(string name, JobRun run, CancellationToken cancel)
    {
        try
        {
            await rows.Note(name, run, cancel);
        }
        catch (Exception error) when (DatabaseAway.Caused(error))
        {
            LogNotNoted(name, error.GetBaseException().Message);
        }
    }

    [LoggerMessage(1409, LogLevel.Warning, "{Job}: how its run went could not be written down ({Reason})")]
    private partial void LogNotNoted(string job, string reason);
}

/// <summary>The job itself has said in the log what was amiss. The engine is not told: its tables and its pages, at which leads look, tell of jobs alone.</summary>
internal class JobFailedException(string message) : Exception(message);

/// <summary>It has not run: another run of it is under way.</summary>
internal sealed class JobBusyException(string message) : JobFailedException(message);
