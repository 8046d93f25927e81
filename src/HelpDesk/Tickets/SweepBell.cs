using HelpDesk.Time;

namespace HelpDesk.Tickets;

/// <summary>Rung when something comes up before the sweep looks again of itself.</summary>
internal sealed class SweepBell : Bell
{
    /// <summary>How often the sweep looks again of itself.</summary>
    public static readonly Duration Cadence = Duration.FromSeconds(1);

    public void RingFor(IReadOnlyList<Ticket> changed, Instant now)
    {
        if (changed.Any(ticket => ticket.Clock.WakeAt < now + Cadence)) Ring();
    }
}
