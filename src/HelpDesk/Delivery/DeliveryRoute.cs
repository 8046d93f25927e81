namespace HelpDesk.Delivery;

/// <summary>How one channel's messages leave.</summary>
internal sealed record DeliveryRoute
{
    public required DeliveryChannel Channel { get; init; }

    /// <summary>How many may be on their way at once.</summary>
    public required int Connections { get; init; }

    /// <summary>Hands one over; as <see cref="IMailDoor.Send"/>.</summary>
    public required Func<OutgoingMail, CancellationToken, Task<string?>> HandOver { get; init; }

    /// <summary>Whom a message with this key is handed to, as <c>host:port</c>; names its circuit and stands in the log of attempts.</summary>
    public required Func<string, string> ServerOf { get; init; }

    /// <summary>SQL of a delivery <c>d</c>: messages with the same key share a limit.</summary>
    public string Key { get; init; } = "''";

    /// <summary>Whether each key has a host of its own, and so its own circuit; else there is one host for all.</summary>
    public bool HasHostPerKey { get; init; }

    public DomainThrottle? Throttle { get; init; }

    public required GiveUp GiveUp { get; init; }

    /// <summary>The part of an e-mail address behind its last @.</summary>
    public const string RecipientDomain = "lower(substring(d.recipient from '[^@]*$'))";

    /// <summary>The <c>host</c> or <c>host:port</c> of an address on the web.</summary>
    public const string RecipientHost = "coalesce(lower(substring(d.recipient from '^[A-Za-z]+://([^/?#]*)')), '')";
}
