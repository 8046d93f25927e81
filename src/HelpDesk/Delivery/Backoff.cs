namespace HelpDesk.Delivery;

/// <summary>
/// How long to wait after a failed attempt: doubling from two seconds, at most an hour, each between half and the whole so that a crowd
/// spreads out.
/// </summary>
internal static class Backoff
{
    private static readonly Duration Longest = Duration.FromHours(1);

    /// <param name="attempts">Attempts made so far, the failed one included: 1 or more.</param>
    /// <param name="random">0 inclusive to 1 exclusive.</param>
    public static Duration After(int attempts, double random)
    {
        var whole = Duration.Min(Longest, Duration.FromSeconds(1L << Math.Clamp(attempts, 1, 12)));
        return Duration.FromTicks((long)(whole.TotalTicks * (0.5 + random / 2)));
    }
}
