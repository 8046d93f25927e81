namespace HelpDesk.Faults;

/// <summary>What is done to the desks while they work: killed and started again, their database restarted and crashed, their clocks set.</summary>
internal sealed class Havoc(DrillOptions options, IReadOnlyList<DeskServer> desks, DatabaseServer database, Timeline timeline, TextWriter told)
{
    private const int Every = 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Random chance = options.Chance(2);
    private readonly List<Task> starting = [];

    public async Task Run(CancellationToken cancel)
    {
        var (kills, said) = (0, 0);
        var (nextJump, nextRestart) = (options.KillsPerJump / 2, options.KillsPerRestartOfTheDatabase / 2);
        var crash = true;
        var began = TimeProvider.System.GetTimestamp();
        while (kills < options.Kills && (options.BlowsAtMost == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(began) < options.BlowsAtMost))
        {
            await Task.Delay(options.BetweenKills.ToTimeSpan() * chance.NextDouble(), TimeProvider.System, cancel);
            // Mostly one that works is struck, now and then one that is only on its way up.
            if (chance.Next(8) > 0) await ForOneThatWorks(cancel);
            kills += await Strike(Math.Min(options.Kills - kills, chance.Next(8) == 0 ? 2 : 1), cancel);
            if (kills >= nextJump)
            {
                timeline.Move(TimeSpan.FromSeconds(Leap()));
                nextJump += options.KillsPerJump;
            }

            if (kills >= nextRestart)
            {
                await database.Restart(crash, TimeSpan.FromSeconds(chance.Next(3) == 0 ? 0 : 3 * chance.NextDouble()), cancel);
                crash = !crash;
                nextRestart += options.KillsPerRestartOfTheDatabase;
            }

            if (kills / Every > said)
            {
                said = kills / Every;
                await told.WriteLineAsync($"  {kills} of {options.Kills} kills");
            }
        }

        await Task.WhenAll(starting);
        foreach (var desk in desks.Where(desk => !desk.IsAlive)) await desk.Start(cancel);
    }

    private async Task ForOneThatWorks(CancellationToken cancel)
    {
        while (!desks.Any(desk => desk.IsReady)) await Task.Delay(Look, TimeProvider.System, cancel);
        await Task.Delay(options.BetweenKills.ToTimeSpan() * chance.NextDouble(), TimeProvider.System, cancel);
    }

    /// <summary>One desk, or both at the same instant. A desk that is on its way up is struck too, if none is ready.</summary>
    private async Task<int> Strike(int most, CancellationToken cancel)
    {
        var first = chance.Next(desks.Count);
        var alive = desks.Skip(first).Concat(desks.Take(first)).OrderByDescending(desk => desk.IsReady).Where(desk => desk.IsAlive).Take(most).ToList();
        await Task.WhenAll(alive.Select(desk => desk.Kill(cancel)));
        foreach (var desk in alive) starting.Add(StartAgain(desk, chance.Next(3) == 0 ? TimeSpan.FromSeconds(0.5 + 3 * chance.NextDouble()) : TimeSpan.Zero, cancel));
        return alive.Count;
    }

    private static async Task StartAgain(DeskServer desk, TimeSpan pause, CancellationToken cancel)
    {
        await Task.Delay(pause, TimeProvider.System, cancel);
        if (!desk.IsAlive) await desk.Start(cancel);
    }

    /// <summary>Mostly ahead by seconds, now and then far, sometimes back.</summary>
    private double Leap() => chance.Next(5) switch
    {
        0 => 15 + 25 * chance.NextDouble(),
        1 => -1 - 4 * chance.NextDouble(),
        _ => 2 + 6 * chance.NextDouble(),
    };
}
