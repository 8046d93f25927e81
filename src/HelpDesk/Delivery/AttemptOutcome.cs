namespace HelpDesk.Delivery;

/// <summary>What an attempt to hand a message over came to.</summary>
public enum AttemptOutcome
{
    /// <summary>The other side took it.</summary>
    Sent,

    /// <summary>The other side took it, and only after the instant until which it held: it counts as not told, and is taken back.</summary>
    Late,

    /// <summary>Refused for the time being, or cut off under way; it is tried again.</summary>
    Failed,

    /// <summary>The other side could not be reached at all. It says nothing about the message and does not count towards giving up.</summary>
    Unreachable,

    /// <summary>Refused for good, or for so long that it was given up.</summary>
    Dead,
}
