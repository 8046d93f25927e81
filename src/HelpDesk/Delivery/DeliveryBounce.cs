namespace HelpDesk.Delivery;

/// <summary>How a message came back.</summary>
public enum BounceType
{
    /// <summary>It could not be delivered.</summary>
    Bounce,

    /// <summary>Its reader called it unwanted.</summary>
    Complaint,
}

/// <summary>What came back after a message was handed over.</summary>
/// <param name="Type">bounce or complaint.</param>
/// <param name="Permanent">Whether the next message would come back as well.</param>
/// <param name="Diagnostic">The other side's words. Example: "550 5.1.1 No such mailbox".</param>
/// <param name="At">When.</param>
public sealed record DeliveryBounce(BounceType Type, bool Permanent, string? Diagnostic, Instant At);
