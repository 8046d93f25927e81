namespace HelpDesk.Customers;

/// <summary>The way a customer wants to be written to.</summary>
public enum PreferredChannel
{
    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>Kept for the frontend to fetch.</summary>
    Inbox,

    /// <summary>Posted to the customer's own address on the web.</summary>
    Webhook,
}
