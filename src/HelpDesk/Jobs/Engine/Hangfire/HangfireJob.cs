using Hangfire;

namespace HelpDesk.Jobs.Engine;

/// <summary>What the engine fires. Its name and its parameters are in the engine's tables: they stay as they are.</summary>
internal sealed class HangfireJob(SharedRun run)
{
    /// <summary>
    /// The engine's own lock keeps a second run waiting in one that would fail; that there is none is <see cref="JobLock"/>'s, since this lock is a row whose age
    /// alone tells whether its owner lives. It keeps a worker waiting: not for long, <see cref="AskedRunWaits"/> sees to the rest.
    /// </summary>
    /// <param name="name">Of the job.</param>
    /// <param name="isAsked">Somebody asked for it out of its turn.</param>
    [JobDisplayName("{0}")]
    [DisableConcurrentExecution("job:{0}", LockSeconds)]
    public Task<int> Run(string name, bool isAsked, CancellationToken cancel) => run.Run(name, isAsked, cancel);

    private const int LockSeconds = 5;
}
