using System.Text.Json;
using HelpDesk.Web.Json;

namespace HelpDesk.LongWork;

/// <summary>Work that takes longer than a request.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Kind">What it does. Example: "policy_application".</param>
/// <param name="State">queued, running, done, failed or cancelled.</param>
/// <param name="Request">What was asked for; its members depend on the kind.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="Counts">What was done so far, by name.</param>
/// <param name="Result">What there is to tell besides; its members depend on the kind. Null where there is nothing.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its first step was done.</param>
/// <param name="EndedAt">When it was done, failed or was cancelled.</param>
public sealed record JobResponse(
    Guid Id, string Kind, JobState State, JsonElement Request, JobProgress Progress, IReadOnlyDictionary<string, long> Counts, JsonElement? Result, string? Error,
    string CreatedBy, Instant CreatedAt, Instant? StartedAt, Instant? EndedAt)
{
    internal static JobResponse Of(LongJob job) => new(
        job.Id, job.Kind, job.State, JsonSerializer.Deserialize<JsonElement>(job.Request), new JobProgress(job.Done, job.Total),
        JsonSerializer.Deserialize<Dictionary<string, long>>(job.Counts, JsonConventions.Options)!,
        job.Result is null ? null : JsonSerializer.Deserialize<JsonElement>(job.Result), job.Error, job.Actor, job.CreatedAt, job.StartedAt, job.EndedAt);
}

/// <summary>How far work has come.</summary>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there was to do when it began; null until then. What was there to do may change meanwhile.</param>
public sealed record JobProgress(long Done, long? Total);
