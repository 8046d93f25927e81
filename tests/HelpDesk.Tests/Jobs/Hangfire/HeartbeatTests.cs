using HelpDesk.Jobs.Engine;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Jobs.Hangfire;

internal sealed class HeartbeatTests
{
    private static readonly Duration Patience = Duration.FromSeconds(20);
    private static readonly DateTime Beat = new(2026, 3, 2, 11, 0, 0, DateTimeKind.Utc);
    private readonly ManualClock machine = new();

    [Test]
    public void It_is_heard_while_it_changes_whatever_its_clock_says()
    {
        var heart = new Heartbeat(machine);
        foreach (var beat in new[] { Beat, Beat.AddHours(-3), Beat.AddHours(5) })
        {
            Assert.That(heart.IsHeard(beat, Patience), Is.True);
            machine.Advance(Patience - Duration.FromSeconds(1));
            Assert.That(heart.IsHeard(beat, Patience), Is.True);
        }

        machine.Advance(Duration.FromSeconds(1));
        Assert.That(heart.IsHeard(Beat.AddHours(5), Patience), Is.False);
        Assert.That(heart.IsHeard(Beat, Patience), Is.True, "it beats again");
    }

    [Test]
    public void It_is_not_heard_where_nothing_is_written() => Assert.That(new Heartbeat(machine).IsHeard(null, Patience), Is.False);
}
