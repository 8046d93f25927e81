namespace HelpDesk.Faults;

/// <summary>A message that a sink has taken: it answered that it had, to a client that was still there.</summary>
/// <param name="Id">The Message-ID, or the webhook's id.</param>
/// <param name="Recipient">The address it went to.</param>
/// <param name="Desk">Who handed it over, or <see cref="SomeDesk"/>.</param>
/// <param name="Begun">When the desk began with this message, by the machine's clock.</param>
/// <param name="At">When it was taken, by the machine's clock.</param>
/// <param name="DeskTime">The same by the desks' clocks.</param>
internal sealed record Handover(string Id, string Recipient, string Desk, Instant Begun, Instant At, Instant DeskTime)
{
    /// <summary>Where the sink cannot tell.</summary>
    public const string SomeDesk = "?";
}
