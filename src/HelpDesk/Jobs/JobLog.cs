using System.Collections.Concurrent;

namespace HelpDesk.Jobs;

/// <summary>What this server's last runs of each job came to, for people to look at. In memory: another server knows of its own.</summary>
internal sealed class JobLog
{
    private readonly ConcurrentDictionary<string, JobRun> runs = new(StringComparer.Ordinal);

    public JobRun Of(string job) => runs.GetValueOrDefault(job, JobRun.None);

    public JobRun Note(string job, Func<JobRun, JobRun> change) => runs.AddOrUpdate(job, _ => change(JobRun.None), (_, before) => change(before));
}

/// <param name="StartedAt">Machine time; null where it has not run since the server started.</param>
/// <param name="Took">How long.</param>
/// <param name="Done">How much it did.</param>
/// <param name="Error">What it failed with; null where it did not.</param>
/// <param name="NextAt">When it is looked at again, at the latest; null where that is not this server's to know.</param>
internal sealed record JobRun(Instant? StartedAt, Duration Took, int Done, string? Error, Instant? NextAt)
{
    public static readonly JobRun None = new(null, Duration.Zero, 0, null, null);
}
