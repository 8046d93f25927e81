using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Delivery;

/// <summary>How posts to webhooks leave: <c>Webhooks:Connections</c> and <c>Webhooks:GiveUpAfter</c>.</summary>
internal sealed record WebhookOptions
{
    private const int MostConnections = 64;

    /// <summary>How many posts may be under way at once; any one host gets half of them at most.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>How long after its first refusal a post is given up.</summary>
    public Duration GiveUpAfter { get; init; } = Duration.FromDays(3);

    public int? Attempts { get; init; }

    public static WebhookOptions Read(IConfiguration configuration)
    {
        var options = new WebhookOptions();
        if (configuration["Webhooks:Connections"]?.Trim() is { Length: > 0 } connections)
        {
            options = int.TryParse(connections, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostConnections
                ? options with { Connections = number }
                : throw new WrongConfiguration($"Webhooks:Connections must be a whole number from 1 to {MostConnections}, not '{connections}'.");
        }

        if (configuration["Webhooks:GiveUpAfter"]?.Trim() is not { Length: > 0 } text) return options;
        return IsoDuration.TryParse(text, out var time, out var rule) && time > Duration.Zero
            ? options with { GiveUpAfter = time }
            : throw new WrongConfiguration($"Webhooks:GiveUpAfter is '{text}', which {rule ?? "must be longer than nothing"}.");
    }
}
