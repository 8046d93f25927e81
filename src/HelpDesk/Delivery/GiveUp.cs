namespace HelpDesk.Delivery;

/// <summary>When a message that is refused again and again is given up. Times when nobody could be reached do not count.</summary>
/// <param name="After">So long after its first refusal, business time.</param>
/// <param name="Attempts">After so many attempts that were answered; null for any number.</param>
internal sealed record GiveUp(Duration After, int? Attempts)
{
    /// <param name="attempts">Attempts that count, the one just refused included.</param>
    /// <param name="refusedSince">When it was first refused; null where that was just now.</param>
    /// <param name="now">Business time.</param>
    public bool Is(int attempts, Instant? refusedSince, Instant now) => attempts >= Attempts || now - (refusedSince ?? now) >= After;
}
