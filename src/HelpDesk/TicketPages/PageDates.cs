using HelpDesk.Delivery;
using HelpDesk.Deadlines;
using NodaTime.Text;

namespace HelpDesk.TicketPages;

/// <summary>Dates and the names of promises, in the reader's language and zone.</summary>
internal sealed class PageDates(Language language, DateTimeZone zone)
{
    public string ZoneName => zone.Id;

    public PageDate Of(Instant at)
    {
        var local = at.InZone(zone);
        // Where an hour comes twice, only the zone's offset tells which.
        var text = zone.MapLocal(local.LocalDateTime).Count > 1 ? DateWords.Format(at, zone, language) : language.DateAndTime(local.LocalDateTime);
        return new(text, InstantPattern.General.Format(at));
    }

    /// <param name="ownWords">An agent's, of a callback.</param>
    public string What(CommitmentKind kind, string? ownWords) => string.IsNullOrWhiteSpace(ownWords) ? language.What(kind.ToWord()) : ownWords.Trim().TrimEnd('.', ':', ' ');
}
