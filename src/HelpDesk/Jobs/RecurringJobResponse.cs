using HelpDesk.Web;

namespace HelpDesk.Jobs;

/// <summary>Work that comes back by itself.</summary>
/// <param name="Name">Names it. Example: "forget_old_mail".</param>
/// <param name="Runs">each_server, or once_across_servers: on one at a time.</param>
/// <param name="Engine">What fires it: timer, a server's own, or the job engine that the desk was built with, quartz or hangfire. Example: "timer".</param>
/// <param name="Every">How long after one turn the next one comes at the latest.</param>
/// <param name="Paused">Whether it is paused, on every server.</param>
/// <param name="PausedAt">Since when.</param>
/// <param name="PausedBy">Who paused it.</param>
/// <param name="RunAskedAt">Since when a run out of its turn is asked for that no server has taken up yet.</param>
/// <param name="LastRun">How it went last: of each_server on the server that answers, else wherever it was. Null where nobody knows of a run.</param>
/// <param name="NextRunAt">When it comes next at the latest, by the machine's clock. Null where it is paused, or the server that answers does not run it.</param>
public sealed record RecurringJobResponse(
    string Name, JobRuns Runs, string Engine, IsoDuration Every, bool Paused, Instant? PausedAt, string? PausedBy, Instant? RunAskedAt, RecurringJobRun? LastRun, Instant? NextRunAt)
{
    internal static RecurringJobResponse Of(JobLine line) => new(
        line.Name, line.IsShared ? JobRuns.OnceAcrossServers : JobRuns.EachServer, line.Engine, line.Every, line.PausedAt is not null, line.PausedAt, line.PausedBy, line.AskedAt,
        line.LastAt is { } at ? new(at, line.Took!.Value, line.Done, line.Error) : null, line.NextAt);
}

/// <summary>Where a job runs.</summary>
public enum JobRuns
{
    /// <summary>On each server: they share the work.</summary>
    EachServer,

    /// <summary>On one server at a time.</summary>
    OnceAcrossServers,
}

/// <summary>One run of it.</summary>
/// <param name="StartedAt">When it began, by the machine's clock.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Done">How much it did; 0 where there was nothing to do.</param>
/// <param name="Error">What it failed with; null where it did not.</param>
public sealed record RecurringJobRun(Instant StartedAt, IsoDuration Took, int Done, string? Error);

/// <summary>The recurring jobs.</summary>
/// <param name="Items">All there are.</param>
public sealed record RecurringJobList(IReadOnlyList<RecurringJobResponse> Items);
