namespace HelpDesk.Delivery;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waits to be handed over.</summary>
    Queued,

    /// <summary>Handed over.</summary>
    Sent,

    /// <summary>Not handed over yet; will be tried again.</summary>
    Failed,

    /// <summary>Given up; only a retry asked for by a person takes it up again.</summary>
    Dead,

    /// <summary>Taken back before anybody handed it over.</summary>
    Withdrawn,
}
