using HelpDesk.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars;

/// <summary>A holiday, and who brings it.</summary>
/// <param name="Date">One year's (yyyy-MM-dd) or every year's (MM-dd).</param>
/// <param name="Own">Whether it was given in the calendar's holidays.</param>
/// <param name="Imported">Whether an upload brought it.</param>
/// <param name="FeedIds">The holiday feeds that bring it.</param>
public sealed record HolidayResponse(string Date, bool Own, bool Imported, IReadOnlyList<Guid> FeedIds);

/// <summary>A calendar's holidays.</summary>
/// <param name="Items">In the order of the calendar.</param>
public sealed record HolidaysResponse(IReadOnlyList<HolidayResponse> Items);

internal static class ListHolidays
{
    /// <summary>List a calendar's holidays and where they come from</summary>
    /// <remarks>All at once, 5,000 at most. One that comes from several stays until the last of them has it no more.</remarks>
    public static async Task<Ok<HolidaysResponse>> Handle(Guid id, HelpDeskDb db, CancellationToken cancel)
    {
        var (calendar, version) = await ReadCalendar.Find(db, id, cancel);
        var definition = version.Read();
        var sources = await HolidaySources.Read(db, calendar, definition, cancel);
        var (own, imported) = (sources.Own.ToHashSet(), sources.Imported.ToHashSet());
        var feeds = sources.Feeds.SelectMany(feed => feed.Holidays.Select(holiday => (holiday, feed.Feed))).ToLookup(pair => pair.holiday, pair => pair.Feed);
        return TypedResults.Ok(new HolidaysResponse(
            [.. (definition.Holidays ?? []).Distinct().Select(date => new HolidayResponse(date, own.Contains(date), imported.Contains(date), [.. feeds[date]]))]));
    }
}
