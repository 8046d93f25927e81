namespace HelpDesk.Jobs;

/// <summary>The recurring jobs, and how they go: what runs on each server as this one knows it, what runs once across them as all know it.</summary>
internal sealed class JobList(IEnumerable<RecurringJob> jobs, JobLog log, JobRows rows, IJobEngine engine, IConfiguration configuration)
{
    public bool AreOn => configuration.AreJobsOn();

    public RecurringJob? Named(string name) => jobs.SingleOrDefault(job => job.Name == name);

    public async Task<JobLine> Read(RecurringJob job, CancellationToken cancel) => Line(job, (await rows.Read(cancel)).GetValueOrDefault(job.Name), await engine.Next(cancel));

    public async Task<IReadOnlyList<JobLine>> Read(CancellationToken cancel)
    {
        var known = await rows.Read(cancel);
        var next = await engine.Next(cancel);
        return [.. jobs.Select(job => Line(job, known.GetValueOrDefault(job.Name), next)).OrderBy(line => line.IsShared)];
    }

    private JobLine Line(RecurringJob job, JobRow? row, IReadOnlyDictionary<string, Instant> next)
    {
        var isShared = job.Reach == JobReach.OnceAcrossServers;
        var here = log.Of(job.Name);
        var last = isShared ? row?.Run ?? JobRun.None : here;
        Instant? comes = row?.PausedAt is not null ? null : !isShared ? here.NextAt : next.TryGetValue(job.Name, out var at) ? at : null;
        return new(
            job.Name, isShared, isShared ? engine.Name : "timer", job.Every, last.StartedAt, last.StartedAt is null ? null : last.Took, last.Done, last.Error, comes, row?.PausedAt, row?.PausedBy,
            row?.AskedAt);
    }
}

/// <summary>A recurring job, and how it goes.</summary>
/// <param name="IsShared">It runs once across servers, else on each.</param>
/// <param name="Engine">What fires it.</param>
/// <param name="LastAt">Machine time; null where nobody knows of a run.</param>
/// <param name="Took">Null where nobody knows of a run.</param>
/// <param name="Error">What it failed with.</param>
/// <param name="NextAt">When it comes at the latest; null where it is paused, or that is not known.</param>
public sealed record JobLine(
    string Name, bool IsShared, string Engine, Duration Every, Instant? LastAt, Duration? Took, int Done, string? Error, Instant? NextAt, Instant? PausedAt, string? PausedBy, Instant? AskedAt);
