using System.Collections.Concurrent;

namespace HelpDesk.Faults;

/// <summary>Plays tickets side by side, each by its plan, until it is told to end; then brings what is left to its end.</summary>
internal sealed class Script(DrillOptions options, DeskCalls desk, Timeline timeline)
{
    private static readonly TimeSpan BetweenTickets = TimeSpan.FromMilliseconds(400);
    private const int SideBySide = 60;

    private readonly ConcurrentDictionary<int, PlayedTicket> tickets = new();
    private readonly ConcurrentBag<Task> plays = [];
    private readonly Random chance = options.Chance(1);
    private readonly TaskCompletionSource ending = new();

    public IReadOnlyList<PlayedTicket> Tickets => [.. tickets.Values.OrderBy(ticket => ticket.Plan.Number)];

    public async Task Play(Func<bool> isOver, CancellationToken cancel)
    {
        using var places = new SemaphoreSlim(SideBySide);
        for (var number = 1; !isOver(); number++)
        {
            await places.WaitAsync(cancel);
            var plan = TicketPlan.Draw(chance, number, Stage.Customers);
            plays.Add(Task.Run(async () =>
            {
                await PlayOne(plan, cancel);
                places.Release();
            }, cancel));
            await Task.Delay(BetweenTickets, TimeProvider.System, cancel);
        }

        ending.SetResult();
        await Task.WhenAll(plays);
    }

    private async Task PlayOne(TicketPlan plan, CancellationToken cancel)
    {
        var ticket = new PlayedTicket(plan, desk, timeline, options.Seed);
        if (!await ticket.Open(cancel)) return;
        tickets[plan.Number] = ticket;
        foreach (var act in plan.Acts)
        {
            await Task.WhenAny(Task.Delay(act.Wait, TimeProvider.System, cancel), ending.Task);
            if (ending.Task.IsCompleted) break;
            if (act.Kind == ActKind.Merge) await ticket.MergeInto(Another(ticket), cancel);
            else await ticket.Do(act, cancel);
        }

        if (!plan.IsLasting) await ticket.End(cancel);
    }

    /// <summary>The newest that still goes on.</summary>
    private PlayedTicket? Another(PlayedTicket ticket) =>
        tickets.Values.Where(other => other != ticket && other.IsGoingOn && !other.Plan.IsLasting).MaxBy(other => other.Plan.Number);
}
