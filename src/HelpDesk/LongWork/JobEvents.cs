using HelpDesk.Events;
using HelpDesk.Web.Json;
using System.Text.Json;

namespace HelpDesk.LongWork;

/// <summary>What the log says of long work.</summary>
internal static class JobEvents
{
    public static Event Queued(LongJob job) =>
        Event.Of("job.queued", job.CreatedAt, job.Actor, job.RequestId, new { JobId = job.Id, job.Kind, Request = JsonSerializer.Deserialize<JsonElement>(job.Request) });

    public static Event Cancelled(LongJob job, string actor, string? requestId, Instant now) => Event.Of("job.ended", now, actor, requestId, Data(job.Id, job.Kind, job.State, null));

    public static NewEvent Ended(Guid id, string kind, JobState state, string? error, Instant now, string actor, string? requestId) =>
        new("job.ended", now, actor, requestId, JsonSerializer.Serialize(Data(id, kind, state, error), JsonConventions.Options));

    private static object Data(Guid id, string kind, JobState state, string? error) => new { JobId = id, Kind = kind, State = state, Error = error };
}
