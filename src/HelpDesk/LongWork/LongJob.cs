using HelpDesk.Time;

namespace HelpDesk.LongWork;

/// <summary>Work that takes longer than a request. Made by one; <see cref="HeldJob"/> carries it on, step by step.</summary>
internal sealed class LongJob
{
    private LongJob()
    {
    }

    /// <param name="request">What is asked for: JSON.</param>
    public LongJob(string kind, string request, string actor, string? requestId, Instant now)
    {
        Id = Ids.New(now);
        Kind = kind;
        Request = request;
        Actor = actor;
        RequestId = requestId;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    public JobState State { get; private set; } = JobState.Queued;

    public string Request { get; private set; } = "{}";

    public long? Total { get; private set; }

    public long Done { get; private set; }

    public long? LastDone { get; private set; }

    public string Counts { get; private set; } = "{}";

    public string? Result { get; private set; }

    public string? Error { get; private set; }

    public int Failures { get; private set; }

    public string Actor { get; private set; } = "";

    public string? RequestId { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant? StartedAt { get; private set; }

    public Instant? EndedAt { get; private set; }

    public void Cancel(Instant now)
    {
        State = JobState.Cancelled;
        EndedAt = now;
    }
}

/// <summary>How long work stands.</summary>
public enum JobState
{
    /// <summary>Nothing of it is done yet.</summary>
    Queued,

    /// <summary>Some of it is done.</summary>
    Running,

    /// <summary>All of it is done.</summary>
    Done,

    /// <summary>It could not go on.</summary>
    Failed,

    /// <summary>Somebody stopped it. What was done stays done.</summary>
    Cancelled,
}
