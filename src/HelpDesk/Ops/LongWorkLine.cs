using HelpDesk.LongWork;

namespace HelpDesk.Ops;

/// <summary>Long work, as a row. All its instants are the desk's time.</summary>
/// <param name="Kind">As the API names it.</param>
/// <param name="Name">Of the policy or calendar that it is about; null where that is no more, or it is about none.</param>
/// <param name="Version">Which one of it.</param>
/// <param name="Total">Null until it has begun.</param>
/// <param name="Actor">Who asked for it: a name where there is one, else as events name the actor.</param>
public sealed record LongWorkLine(Guid Id, string Kind, string? Name, string Version, JobState State, long Done, long? Total, string? Error, string Actor, Instant CreatedAt, Instant? EndedAt)
{
    public bool IsUnfinished => State is JobState.Queued or JobState.Running;

    public string Tone => State switch { JobState.Done => "good", JobState.Failed => "bad", JobState.Running => "calm", _ => "still" };
}
