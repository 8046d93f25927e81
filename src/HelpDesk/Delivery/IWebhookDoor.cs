namespace HelpDesk.Delivery;

/// <summary>The door that posts leave through, whatever they say.</summary>
internal interface IWebhookDoor
{
    /// <summary>
    /// Completes once the receiver has taken the post. Throws <see cref="WebhookRefused"/> with the other side's words, and <see cref="HostAway"/> where
    /// there was nobody to say any; anything else thrown is a failure that may pass.
    /// </summary>
    Task Post(OutgoingWebhook webhook, CancellationToken cancel);
}

/// <summary>One post at the door.</summary>
/// <param name="Url">As <see cref="Web.Outgoing.HttpAddress"/> takes it.</param>
/// <param name="Id">The same at every attempt, so that the receiver knows a repeated one. Without a dot.</param>
/// <param name="Body">JSON in UTF-8.</param>
/// <param name="Secrets">Each signs it.</param>
internal sealed record OutgoingWebhook(Uri Url, string Id, byte[] Body, IReadOnlyList<byte[]> Secrets);

/// <summary>The receiver said no, or the post may not go there.</summary>
/// <param name="words">Why. Kept and shown: never with a secret in it.</param>
/// <param name="isPermanent">True where asking again would get the same answer.</param>
internal sealed class WebhookRefused(string words, bool isPermanent) : Exception(words)
{
    public bool IsPermanent { get; } = isPermanent;

    /// <summary>How long the receiver asked to be left alone.</summary>
    public Duration RetryAfter { get; init; }
}
