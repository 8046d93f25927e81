using HelpDesk.Web;

namespace HelpDesk.Jobs;

/// <summary>How jobs that run once across servers are kept going: <c>Jobs:Takeover</c>.</summary>
/// <param name="Patience">A server that has not been heard of for so long is dead: what it ran is another's.</param>
/// <param name="RetryAfter">How long after each failure a run is tried again. After the last one it comes again at its next turn.</param>
internal sealed record JobOptions(Duration Patience, IReadOnlyList<Duration> RetryAfter)
{
    private const string Key = "Jobs:Takeover";
    private static readonly Duration Shortest = Duration.FromSeconds(3);

    /// <summary>Half as long again, for looking, must stay within the thirty seconds that are promised.</summary>
    private static readonly Duration Longest = Duration.FromSeconds(18);

    /// <summary>How often a server shows that it lives, and looks for what is left of others.</summary>
    public Duration Look => Patience / 3;

    public static JobOptions Read(IConfiguration configuration) =>
        new(Takeover(configuration), [Duration.FromSeconds(10), Duration.FromMinutes(1), Duration.FromMinutes(5)]);

    private static Duration Takeover(IConfiguration configuration)
    {
        var text = configuration[Key]?.Trim() is { Length: > 0 } given ? given : "PT15S";
        return IsoDuration.TryParse(text, out var time, out var rule) && time >= Shortest && time <= Longest
            ? time
            : throw new WrongConfiguration($"{Key} is '{text}', which {rule ?? "must be from PT3S to PT18S"}.");
    }
}
