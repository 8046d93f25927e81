namespace HelpDesk.Jobs.Engine;

/// <summary>
/// Whether a heart still beats that is written down by another clock than ours: PostgreSQL's, which may differ from the machine's, and be set. So what is written is compared
/// with what was written before alone, and how long it stayed the same is measured here.
/// </summary>
internal sealed class Heartbeat(TimeProvider machine)
{
    private readonly Lock gate = new();
    private DateTime? last;
    private long changed;

    /// <param name="beat">As it is written; null where nothing is.</param>
    /// <param name="patience">Unchanged for so long, it is heard no more.</param>
    public bool IsHeard(DateTime? beat, Duration patience)
    {
        lock (gate)
        {
            if (beat != last) (last, changed) = (beat, machine.GetTimestamp());
            return beat is not null && machine.GetElapsedTime(changed) < patience.ToTimeSpan();
        }
    }
}
