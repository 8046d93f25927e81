using HelpDesk.Delivery;
using HelpDesk.TicketPages;
using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>Dates in the reader's language and zone, as seen from now.</summary>
internal sealed class PromiseDates(PageLanguage page, Language language, DateTimeZone zone, Instant now)
{
    private readonly TicketPageWords distances = TicketPageWords.Of(page);
    private readonly PageDates dates = new(language, zone);

    public DateTimeZone Zone => zone;

    public string ZoneName => NameOf(zone);

    public Instant Now => now;

    public LocalDate Today { get; } = now.InZone(zone).Date;

    public PromiseDate Of(Instant at)
    {
        var (text, iso) = Plain(at);
        return new(text, iso, distances.Away(at - now));
    }

    /// <summary>The same without how far off it is.</summary>
    public (string Text, string Iso) Plain(Instant at)
    {
        var (text, iso) = dates.Of(at);
        return (WithoutYear(text, at.InZone(zone).Date), iso);
    }

    /// <summary>The day as a sentence has it; null for today.</summary>
    public string? Day(Instant at) => at.InZone(zone).Date is var day && day == Today ? null : WithoutYear(language.Date(day), day);

    public static string NameOf(DateTimeZone zone) => zone.Id is "Etc/UTC" or "Etc/UCT" or "Etc/Zulu" or "Zulu" or "UCT" ? "UTC" : zone.Id;

    /// <summary>This year goes without saying; around the end of one it is said.</summary>
    private string WithoutYear(string text, LocalDate day)
    {
        if (day.Year != Today.Year) return text;
        var year = $" {day.Year}";
        var at = text.IndexOf(year, StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, year.Length);
    }
}
