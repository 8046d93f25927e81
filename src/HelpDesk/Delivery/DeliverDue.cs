using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// Hands over what is due. Safe on any number of servers at once, and safe to run again while a run is under way. A run takes one claim of each channel: call
/// again while it answers more than zero. An attempt lasts at most as long as its lease, however the other side behaves.
/// </summary>
internal sealed class DeliverDue(IEnumerable<DeliveryLine> lines, NpgsqlDataSource database, DeskClock clock, TimeProvider machine)
{
    /// <summary>What one attempt may take, machine time.</summary>
    public static readonly Duration AttemptLimit = Duration.FromSeconds(10);

    private readonly IReadOnlyList<DeliveryLine> lines = [.. lines];

    /// <summary>Begins with what is due and waits until it has been handed over, or not.</summary>
    /// <param name="now">Business time: what is due by it is handed over.</param>
    /// <param name="cancel">Stops further attempts; one under way is let finish within its limit, for cutting it off might send it
    /// twice.</param>
    /// <returns>How many were claimed.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        var begun = await Begin(lines, now, cancel);
        await Task.WhenAll(begun.Select(claim => claim.Done));
        return begun.Sum(claim => claim.Count);
    }

    /// <summary>Begins with what is due, as far as there is room, and does not wait: what hangs holds up nobody else. The bell rings when there is room again.</summary>
    /// <returns>How many were claimed.</returns>
    public async Task<int> Step(Instant now, CancellationToken cancel) =>
        (await Begin([.. lines.Where(line => line.HasRoom)], now, cancel)).Sum(claim => claim.Count);

    private async Task<IReadOnlyList<(int Count, Task Done)>> Begin(IReadOnlyList<DeliveryLine> those, Instant now, CancellationToken cancel)
    {
        var moment = await Moment(now, cancel);
        var begun = await Task.WhenAll(those.Select(line => Begin(line, moment, cancel)));
        return [.. begun.OfType<(int, Task)>()];
    }

    /// <summary>One that is stopped while it claims has begun nothing; what another has begun is waited for all the same.</summary>
    private static async Task<(int Count, Task Done)?> Begin(DeliveryLine line, DeliveryMoment moment, CancellationToken cancel)
    {
        try
        {
            return await line.Begin(moment, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<DeliveryMoment> Moment(Instant now, CancellationToken cancel) => new(now, await clock.SandboxTime(cancel) is not null, machine);

    /// <summary>The earliest instant at which there is something to begin with; null when nothing waits, or there is no room for it.</summary>
    public async Task<Instant?> NextDue(Instant now, CancellationToken cancel)
    {
        var moment = await Moment(now, cancel);
        if (moment.IsHeld) return await Outbox.NextDue(database, cancel);
        var due = await Task.WhenAll(lines.Select(line => line.NextDue(moment, cancel)));
        return due.Min();
    }

    /// <summary>Begins with nothing more, and waits for what is under way.</summary>
    public Task Finish() => Task.WhenAll(lines.Select(line => line.Finish()));
}
