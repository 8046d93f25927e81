namespace HelpDesk.Time;

/// <summary>
/// Business time: the instant that promises, messages and follow-ups are dated by. It is the machine's time, but for a sandbox whose
/// clock has been set: there it is the time kept in the database, and it stands still. Read once per request or sweep, passed on as <c>now</c>.
/// Leases, timers and the expiry of keys go by the machine's time (<see cref="TimeProvider"/>).
/// </summary>
internal sealed class DeskClock(TimeProvider machine, SandboxClockSetting sandbox, ReadSandboxTime read)
{
    public Instant MachineNow => machine.GetCurrentInstant();

    public ValueTask<Instant> Now(CancellationToken cancel) =>
        sandbox.Enabled ? SandboxNow(cancel) : ValueTask.FromResult(MachineNow);

    private async ValueTask<Instant> SandboxNow(CancellationToken cancel) => await SandboxTime(cancel) ?? MachineNow;

    /// <summary>The sandbox's time, or null while it has not been set (or this is no sandbox).</summary>
    public async ValueTask<Instant?> SandboxTime(CancellationToken cancel) => sandbox.Enabled ? await read(cancel) : null;
}

/// <summary><c>Sandbox:Clock</c>.</summary>
internal sealed record SandboxClockSetting(bool Enabled);

/// <summary>The time that the database keeps for a sandbox; null while none is set.</summary>
internal delegate Task<Instant?> ReadSandboxTime(CancellationToken cancel);
