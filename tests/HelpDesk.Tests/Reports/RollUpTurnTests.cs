using HelpDesk.Reports;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpDesk.Tests.Reports;

/// <summary>Counting takes a twentieth of the time at most, and is never put off for longer than a minute.</summary>
internal sealed class RollUpTurnTests : DeskFixture
{
    [TestCase(1, 18)]
    [TestCase(2, 18)]
    [TestCase(10, 5)]
    public async Task The_longer_a_count_took_the_later_is_the_next(int seconds, int passedOver)
    {
        var machine = new Slow(TimeSpan.FromSeconds(seconds));
        var rollUp = new RollUp(Desk.Services.GetRequiredService<NpgsqlDataSource>(), Desk.Services.GetRequiredService<HelpDesk.Tickets.DeskSettings>(), machine);
        await rollUp.Turn(default);
        var counted = await Counted();
        for (var turn = 1; turn <= passedOver; turn++)
        {
            await Database.Execute("select pg_current_xact_id()");
            await rollUp.Turn(default);
            Assert.That(await Counted(), Is.EqualTo(counted), $"turn {turn}");
        }

        await rollUp.Turn(default);
        Assert.That(await Counted(), Is.Not.EqualTo(counted));
    }

    private async Task<string?> Counted() => await Database.Ask<string>("select seen::text from performance_progress");

    /// <summary>So much time goes by from one look at it to the next.</summary>
    private sealed class Slow(TimeSpan step) : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks += step.Ticks;
    }
}
