using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Events.Feed;

/// <summary><c>Events:MostListeners</c>: how many may listen to <c>/v1/events/stream</c> of one server at once.</summary>
internal sealed record FeedOptions(int MostListeners)
{
    private const string Key = "Events:MostListeners";
    private const int Most = 100_000;

    public static FeedOptions Read(IConfiguration configuration) =>
        configuration[Key] is not { Length: > 0 } text ? new(1_000)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= Most ? new(most)
        : throw new WrongConfiguration($"{Key} must be a whole number from 1 to {Most}, but is '{text}'.");
}
