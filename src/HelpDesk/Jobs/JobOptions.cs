using HelpDesk.Web.Settings;

namespace HelpDesk.Jobs;

/// <summary>How jobs that run once across servers are kept going.</summary>
/// <param name="Patience">A server that has not been heard of for so long is dead: what it ran is another's.</param>
/// <param name="RetryAfter">How long after each failure a run is tried again. After the last one it comes again at its next turn.</param>
internal sealed record JobOptions(Duration Patience, IReadOnlyList<Duration> RetryAfter)
{
    // Half as long again as the longest, for looking, must stay within the thirty seconds that are promised.
    private static readonly HowLong Silence = new(
        "Jobs:Takeover", "PT15S", "a server that has not been heard of for so long is dead, and another runs what it was at; with looking for it, that takes at most twice as long", "PT3S", "PT18S");

    /// <summary>How often a server shows that it lives, and looks for what is left of others.</summary>
    public Duration Look => Patience / 3;

    public static JobOptions Read(IConfiguration configuration) =>
        new(Silence.Read(configuration), [Duration.FromSeconds(10), Duration.FromMinutes(1), Duration.FromMinutes(5)]);
}
