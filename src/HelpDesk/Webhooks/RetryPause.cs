namespace HelpDesk.Webhooks;

/// <summary>How long to wait after a failed attempt: three times as long each time, from five seconds to six hours, each between half and the whole so that a crowd spreads out.</summary>
internal static class RetryPause
{
    public static readonly Duration Longest = Duration.FromHours(6);

    /// <param name="attempts">Made so far, the failed one included: 1 or more.</param>
    /// <param name="asked">For how long the receiver asked to be left alone; more than <see cref="Longest"/> is not granted.</param>
    /// <param name="random">0 inclusive to 1 exclusive.</param>
    public static Duration After(int attempts, Duration asked, double random)
    {
        var whole = Duration.Min(Longest, Duration.FromSeconds(5 * Math.Pow(3, Math.Clamp(attempts, 1, 12) - 1)));
        return Duration.Max(Duration.FromTicks((long)(whole.TotalTicks * (0.5 + random / 2))), Duration.Min(asked, Longest));
    }
}
