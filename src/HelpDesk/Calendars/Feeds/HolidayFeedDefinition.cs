using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. It stands only in merge patches, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Calendars.Feeds;

/// <summary>Where a calendar's holidays are read from, again and again.</summary>
/// <param name="Url">An https address of an iCalendar feed; plain http where the desk's operator allows it. Addresses that lead to private networks are refused, here or at the connection. Example: "https://example.com/holidays.ics".</param>
/// <param name="Name">For people. Example: "Finnish public holidays".</param>
/// <param name="Paused">While true the feed is not read, and its holidays stay. Default false.</param>
[ValidatableType]
[Example("""{ "url": "https://example.com/holidays.ics", "name": "Finnish public holidays" }""")]
[PatchExample("""{ "paused": true }""")]
public sealed record HolidayFeedDefinition(
    [property: Required, StringLength(2000, MinimumLength = 1)] string Url,
    [property: StringLength(200, MinimumLength = 1)] string? Name = null,
    bool Paused = false);

/// <summary>A feed of holidays, and how reading it goes.</summary>
/// <param name="Id">Names it in its address.</param>
/// <param name="CalendarId">Whose holidays it brings.</param>
/// <param name="Url">Where they are read.</param>
/// <param name="Name">For people.</param>
/// <param name="Paused">Whether it is not read for now.</param>
/// <param name="HolidayCount">How many holidays it brings, be they of one year or of every year, those that the calendar has from elsewhere too among them.</param>
/// <param name="Skipped">Events of it that are no holidays to the desk, each with the reason; the first 50.</param>
/// <param name="LastReadAt">When it was last read, or said that nothing has changed; null before that.</param>
/// <param name="LastChangedAt">When reading it last changed its holidays; null before that.</param>
/// <param name="LastProblem">Why it could not be read or taken; null where it could the last time, or was never tried.</param>
/// <param name="FailingSince">Since when that has been so. The holidays that it had stay.</param>
/// <param name="NextReadAt">When it is read next; null while it is paused.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When somebody last changed it.</param>
public sealed record HolidayFeedResponse(
    Guid Id, Guid CalendarId, string Url, string? Name, bool Paused, int HolidayCount, IReadOnlyList<string> Skipped, Instant? LastReadAt, Instant? LastChangedAt, string? LastProblem,
    Instant? FailingSince, Instant? NextReadAt, Instant CreatedAt, Instant UpdatedAt)
{
    internal static HolidayFeedResponse Of(HolidayFeed feed) => new(
        feed.Id, feed.CalendarId, feed.Url, feed.Name, feed.Paused, feed.Holidays.Count, feed.Skipped, feed.LastReadAt, feed.LastChangedAt, feed.LastProblem, feed.FailingSince,
        feed.Paused ? null : feed.NextReadAt, feed.CreatedAt, feed.UpdatedAt);
}
