namespace HelpDesk.Tests.Support;

/// <summary>A machine whose clock the test sets. Timers run in real time.</summary>
internal sealed class TestMachine(Instant now) : TimeProvider
{
    public Instant Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
