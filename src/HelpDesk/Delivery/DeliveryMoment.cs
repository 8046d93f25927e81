using HelpDesk.Time;

namespace HelpDesk.Delivery;

/// <summary>The time that a run began at, and goes on from: business time moves with the machine's, but in a sandbox it stands still.</summary>
/// <param name="now">Business time as the run began.</param>
/// <param name="isHeld">Whether a sandbox holds it.</param>
/// <param name="machine">The machine's clock.</param>
internal sealed class DeliveryMoment(Instant now, bool isHeld, TimeProvider machine)
{
    private readonly Instant machineStart = machine.GetCurrentInstant();
    private readonly long start = machine.GetTimestamp();

    public Instant Now => now;

    public bool IsHeld => isHeld;

    /// <summary>Machine time since, whatever is done to its clock meanwhile.</summary>
    public Duration Elapsed => Duration.FromTimeSpan(machine.GetElapsedTime(start));

    /// <summary>
    /// Where the machine's clock was set forward meanwhile, by it: a message must not be handed over late by either. Nor does it lie behind that clock for the
    /// moment that passed between its reading and the start of the run.
    /// </summary>
    public Instant Current => isHeld ? now : Instant.Max(now + Duration.Max(Elapsed, machine.GetCurrentInstant() - machineStart), machine.GetCurrentInstant()).ToMicrosecond();
}
