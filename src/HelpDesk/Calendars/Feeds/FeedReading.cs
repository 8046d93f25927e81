using HelpDesk.Web.Outgoing;

namespace HelpDesk.Calendars.Feeds;

/// <summary>What came of reading a feed.</summary>
/// <param name="Year">That it was counted out for.</param>
/// <param name="Holidays">What it holds; null where it has not changed, or could not be read.</param>
/// <param name="Problem">Why it could not be read; null where it could.</param>
internal sealed record FeedReading(int Year, HolidaysRead? Holidays = null, string? Problem = null)
{
    /// <summary>What to ask by whether it has changed.</summary>
    public string? EntityTag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>Servers may have put anything into it.</summary>
    public static FeedReading Of(int year, string problem) => new(year, Problem: ForeignText.Line(problem));
}
