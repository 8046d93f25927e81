using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Webhooks;

/// <summary>How events leave: <c>Webhooks:PerEndpoint</c>, <c>Webhooks:GiveUpAfter</c>, <c>Webhooks:PauseAfter</c> and <c>Webhooks:KeepDeliveries</c>.</summary>
/// <param name="PerEndpoint">How many posts to one webhook may be under way at once, of each server.</param>
/// <param name="GiveUpAfter">How long after its first failure an event is given up.</param>
/// <param name="PauseAfter">A webhook whose every attempt has failed for so long is paused.</param>
/// <param name="Keep">For how long what has ended stays in the log.</param>
internal sealed record WebhookSettings(int PerEndpoint, Duration GiveUpAfter, Duration PauseAfter, Duration Keep)
{
    private const int MostPerEndpoint = 256;

    public static WebhookSettings Read(IConfiguration configuration) => new(
        AtOnce(configuration), Time(configuration, "Webhooks:GiveUpAfter", "P3D"), Time(configuration, "Webhooks:PauseAfter", "P2D"), Time(configuration, "Webhooks:KeepDeliveries", "P30D"));

    private static int AtOnce(IConfiguration configuration)
    {
        const string Key = "Webhooks:PerEndpoint";
        return configuration[Key]?.Trim() is not { Length: > 0 } text ? 16
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPerEndpoint ? number
            : throw new WrongConfiguration($"{Key} must be a whole number from 1 to {MostPerEndpoint}, not '{text}'.");
    }

    private static Duration Time(IConfiguration configuration, string key, string otherwise)
    {
        var text = configuration[key]?.Trim() is { Length: > 0 } given ? given : otherwise;
        return IsoDuration.TryParse(text, out var time, out var rule) && time > Duration.Zero
            ? time
            : throw new WrongConfiguration($"{key} is '{text}', which {rule ?? "must be longer than nothing"}.");
    }
}
