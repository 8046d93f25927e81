using HelpDesk.Delivery;
using HelpDesk.Web.Settings;

namespace HelpDesk.Webhooks;

/// <summary>How events leave.</summary>
/// <param name="PerEndpoint">How many posts to one webhook may be under way at once, of each server.</param>
/// <param name="GiveUpAfter">How long after its first failure an event is given up.</param>
/// <param name="PauseAfter">A webhook whose every attempt has failed for so long is paused.</param>
/// <param name="Keep">For how long what has ended stays in the log.</param>
internal sealed record WebhookSettings(int PerEndpoint, Duration GiveUpAfter, Duration PauseAfter, Duration Keep)
{
    private static readonly Whole AtOnce = new("Webhooks:PerEndpoint", 1, 256, 16, "events under way at once to one of `/v1/webhooks`, of each server");

    private static readonly HowLong Patience = new("Webhooks:PauseAfter", "P2D", "one of `/v1/webhooks` whose every attempt has failed for so long is paused");

    private static readonly HowLong KeepLog = new("Webhooks:KeepDeliveries", "P30D", "how long the log of `/v1/webhooks` keeps what was taken or given up");

    public static WebhookSettings Read(IConfiguration configuration) =>
        new(AtOnce.Int(configuration), WebhookOptions.GivingUp.Read(configuration), Patience.Read(configuration), KeepLog.Read(configuration));
}
