using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace HelpDesk.Jobs.Engine;

/// <summary>
/// A run that somebody asked for waits for the one that is under way, however long that takes: finding it there is no failure, and is not counted as one. A planned run may
/// fail with it, since it has another turn.
/// </summary>
internal sealed class AskedRunWaits : JobFilterAttribute, IElectStateFilter
{
    private readonly Duration pause;

    public AskedRunWaits(Duration pause)
    {
        this.pause = pause;
        // Before tries are counted.
        Order = 0;
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not FailedState { Exception: DistributedLockTimeoutException or JobBusyException }) return;
        if (context.BackgroundJob.Job?.Args is not [_, true, ..]) return;
        context.CandidateState = new ScheduledState(pause.ToTimeSpan()) { Reason = "It runs already; this run comes after it." };
    }
}
