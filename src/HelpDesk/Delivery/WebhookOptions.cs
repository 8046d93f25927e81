using HelpDesk.Web.Settings;

namespace HelpDesk.Delivery;

/// <summary>How posts to customers' webhooks, and notices, leave.</summary>
internal sealed record WebhookOptions
{
    private static readonly Whole AtOnce = new(
        "Webhooks:Connections", 1, 64, 8, "messages to customers' webhooks, and notices, under way at once, of each server; any one host gets half of them at most");

    /// <summary>Also of events to <c>/v1/webhooks</c>.</summary>
    public static readonly HowLong GivingUp = new(
        "Webhooks:GiveUpAfter", "P3D", "as `Mail:GiveUpAfter`: for events to `/v1/webhooks` that are not taken, and for customers' webhooks that answer 408, 425, 429 or 5xx, or do not answer in time");

    /// <summary>How many posts may be under way at once; any one host gets half of them at most.</summary>
    public required int Connections { get; init; }

    /// <summary>How long after its first refusal a post is given up.</summary>
    public required Duration GiveUpAfter { get; init; }

    public int? Attempts { get; init; }

    public static WebhookOptions Read(IConfiguration configuration) => new() { Connections = AtOnce.Int(configuration), GiveUpAfter = GivingUp.Read(configuration) };
}
