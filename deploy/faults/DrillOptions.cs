using System.Globalization;

namespace HelpDesk.Faults;

/// <summary>How long and how hard. The same seed gives the same script, the same plan of faults and the same choice of blows; when each falls varies.</summary>
internal sealed record DrillOptions
{
    private const int LongKills = 200;
    private const int ShortKills = 12;

    public int Seed { get; init; } = 1;

    public int Kills { get; init; } = LongKills;

    /// <summary>For a build server: over in about a minute.</summary>
    public bool IsShort { get; init; }

    /// <summary>A kill every so often, on average, where the machine starts a desk that fast.</summary>
    public Duration BetweenKills => Duration.FromSeconds(IsShort ? 2.5 : 3);

    /// <summary>A build server is not waited for much longer, however slow it is: then there are fewer kills.</summary>
    public TimeSpan BlowsAtMost => IsShort ? TimeSpan.FromSeconds(40) : Timeout.InfiniteTimeSpan;

    public int KillsPerJump => IsShort ? 4 : 6;

    public int KillsPerRestartOfTheDatabase => IsShort ? 5 : 20;

    public static DrillOptions Read(IReadOnlyList<string> args)
    {
        var options = new DrillOptions();
        int? kills = null;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--short": options = options with { IsShort = true }; break;
                case "--seed" when i + 1 < args.Count: options = options with { Seed = Number(args[i], args[++i]) }; break;
                case "--kills" when i + 1 < args.Count: kills = Number(args[i], args[++i]); break;
                default: throw new DrillFailed($"\"{args[i]}\" is not understood; --help says what is.");
            }
        }

        return options with { Kills = kills ?? (options.IsShort ? ShortKills : LongKills) };
    }

    /// <summary>Chance of its own for each part, so that one part's draws do not shift another's.</summary>
    public Random Chance(int part, int number = 0) => new(unchecked((Seed * 7919 + part) * 104729 + number));

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new DrillFailed($"{name} must be a whole number, not \"{text}\".");
}

/// <summary>The drill cannot be held, which says nothing about the desk: the message is for whoever started it.</summary>
internal sealed class DrillFailed(string message) : Exception(message);
