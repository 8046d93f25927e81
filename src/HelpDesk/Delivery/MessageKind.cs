namespace HelpDesk.Delivery;

/// <summary>What a message to a customer is about. Each kind has a template in every language.</summary>
public enum MessageKind
{
    /// <summary>The ticket has arrived; these are the promises.</summary>
    Acknowledgement,

    /// <summary>A promise was made after the acknowledgement, or moved to an earlier date.</summary>
    Promise,

    /// <summary>The clock stands still, and what we wait for.</summary>
    Paused,

    /// <summary>The clock runs again; the new dates.</summary>
    Resumed,

    /// <summary>An agent's public message.</summary>
    Reply,

    /// <summary>Before a promise lapses: where things stand, and the new date (or, past the cap on renewals, that there is none).</summary>
    FollowUp,

    /// <summary>After a promise lapsed: apology, reason, remedy, the new date or none.</summary>
    Recovery,

    /// <summary>The matter is resolved.</summary>
    Resolution,

    /// <summary>The ticket is handled together with another; what is promised now.</summary>
    Merged,

    /// <summary>The matter is taken up again; the new dates.</summary>
    Reopened,

    /// <summary>An agent makes amends for a broken promise; the promises as they stand.</summary>
    Remedy,
}
