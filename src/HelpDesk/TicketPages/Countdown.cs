using System.Text.Json;
using HelpDesk.Web.Json;
using NodaTime.Text;

namespace HelpDesk.TicketPages;

/// <summary>What the page's script needs to let the words go on with the time: the desk's clock, and the words.</summary>
/// <param name="Now">The desk's time when the page was written.</param>
/// <param name="Words">JSON: towards a date, since it, and what is said once it has passed.</param>
public sealed record Countdown(string Now, string Words)
{
    internal static Countdown Of(Instant now, TicketPageWords words) =>
        new(InstantPattern.ExtendedIso.Format(now), JsonSerializer.Serialize(new { words.Ahead, words.Behind, words.Overdue }, JsonConventions.Options));
}
