namespace HelpDesk.Access;

/// <summary>Whom a bearer's word was found to name, or why it names nobody.</summary>
/// <param name="Caller">Null where it names nobody.</param>
/// <param name="Reason">Why it names nobody; for the one who sent it to read.</param>
/// <param name="Agent">The address or id of the agent that a token names.</param>
/// <param name="Until">When a token ends.</param>
/// <param name="IsGuess">Whether it may have been a guess. What was genuine and is good no more is none.</param>
internal sealed record Recognition(Caller? Caller, string? Reason = null, string? Agent = null, bool IsGuess = true, Instant? Until = null)
{
    public static Recognition Guess(string reason) => new(null, reason);
}
