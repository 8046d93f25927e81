using HelpDesk.Tests.Support;
using HelpDesk.Web.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpDesk.Tests.Sight;

/// <summary>What is looked up in the database for /metrics: whoever asks is never kept, and never told what is long gone.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DeskReadingTests
{
    private readonly ManualClock machine = new();
    private Func<CancellationToken, Task<int>> read = _ => Task.FromResult(0);
    private int looks;

    private DeskReading<int> Reading() => new("things", Duration.FromSeconds(5), Count, machine, NullLogger.Instance);

    private Task<int> Count(CancellationToken cancel)
    {
        Interlocked.Increment(ref looks);
        return read(cancel);
    }

    [Test]
    public async Task It_is_not_read_again_while_it_is_fresh()
    {
        var reading = Reading();
        read = _ => Task.FromResult(7);
        await reading.Refresh(default);
        read = _ => Task.FromResult(8);
        machine.Advance(Duration.FromSeconds(4));
        await reading.Refresh(default);
        Assert.That((reading.Told, looks), Is.EqualTo((new[] { 7 }, 1)));
        machine.Advance(Duration.FromSeconds(1));
        await reading.Refresh(default);
        Assert.That((reading.Told, looks), Is.EqualTo((new[] { 8 }, 2)));
    }

    [Test]
    public async Task A_look_that_fails_is_no_look_and_after_a_while_nothing_is_told()
    {
        var reading = Reading();
        Assert.That(reading.IsKnown, Is.False);
        read = _ => Task.FromResult(7);
        await reading.Refresh(default);
        read = _ => Task.FromException<int>(new InvalidOperationException("The database is away."));
        machine.Advance(Duration.FromSeconds(44));
        await reading.Refresh(default);
        await reading.Refresh(default);
        Assert.That((reading.Told, looks), Is.EqualTo((new[] { 7 }, 3)), "each who asks has it tried again");
        machine.Advance(Duration.FromSeconds(1));
        Assert.That((reading.Told, reading.IsKnown), Is.EqualTo((Array.Empty<int>(), false)));
        read = _ => Task.FromResult(9);
        await reading.Refresh(default);
        Assert.That(reading.Told, Is.EqualTo(new[] { 9 }));
    }

    [Test]
    public async Task Nobody_waits_longer_than_a_second_and_what_comes_later_is_for_the_next()
    {
        var reading = Reading();
        var answer = new TaskCompletionSource<int>();
        var isAsked = new TaskCompletionSource();
        read = _ =>
        {
            isAsked.SetResult();
            return answer.Task;
        };
        var (one, other) = (reading.Refresh(default), reading.Refresh(default));
        await isAsked.Task;
        Assert.That(one.IsCompleted, Is.False);
        machine.Advance(Duration.FromSeconds(1));
        await Task.WhenAll(one, other);
        Assert.That((reading.IsKnown, looks), Is.EqualTo((false, 1)));
        var next = reading.Refresh(default);
        answer.SetResult(7);
        await next;
        Assert.That((reading.Told, looks), Is.EqualTo((new[] { 7 }, 1)));
    }

    [Test]
    public async Task A_look_that_does_not_end_is_given_up()
    {
        var reading = Reading();
        var isGivenUp = new TaskCompletionSource();
        var isAsked = new TaskCompletionSource();
        read = async cancel =>
        {
            var never = new TaskCompletionSource<int>();
            await using var registration = cancel.Register(() => never.SetCanceled(cancel));
            isAsked.SetResult();
            try
            {
                return await never.Task;
            }
            finally
            {
                isGivenUp.SetResult();
            }
        };
        var refresh = reading.Refresh(default);
        await isAsked.Task;
        machine.Advance(Duration.FromSeconds(10));
        await Task.WhenAll(refresh, isGivenUp.Task);
        Assert.That(reading.IsKnown, Is.False);
    }
}
