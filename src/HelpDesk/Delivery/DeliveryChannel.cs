namespace HelpDesk.Delivery;

/// <summary>The way a message takes to its customer.</summary>
public enum DeliveryChannel
{
    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>Kept for the frontend to fetch: handed over as soon as it is due.</summary>
    Inbox,

    /// <summary>Posted to the customer's own address on the web.</summary>
    Webhook,
}
