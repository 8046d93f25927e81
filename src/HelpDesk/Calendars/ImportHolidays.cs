using System.Text;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Calendars;

/// <summary>What was taken from a feed.</summary>
/// <param name="Calendar">The calendar as it stands now.</param>
/// <param name="Added">The holidays that it did not have before.</param>
/// <param name="Skipped">Events that are no holidays to the desk, each with the reason; the first 50.</param>
public sealed record ImportedHolidaysResponse(CalendarResponse Calendar, IReadOnlyList<string> Added, IReadOnlyList<string> Skipped);

internal static class ImportHolidays
{
    public const int MostBytes = 1024 * 1024;
    private const int MostHolidays = 5_000;
    private const string Type = "text/calendar";

    /// <summary>Import holidays</summary>
    /// <remarks>
    /// An iCalendar feed as <c>text/calendar</c>, in UTF-8, of at most 1 MiB. Its all-day events become holidays beside those that the calendar has: what recurs every year on the same date as
    /// MM-dd, all else (spans of days, COUNT, UNTIL, BYDAY, exceptions) as dates from last year to five years ahead. Cancelled events are left out; events with hours, and those that recur
    /// otherwise than yearly, are told in skipped. New holidays make a new version of the calendar; the same feed again changes nothing, and nothing is ever removed. Refused for what is no
    /// feed (400), and (422, too-many-holidays) for more than anybody's holidays.
    /// </remarks>
    public static async Task<Ok<ImportedHolidaysResponse>> Handle(
        Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var text = await Body(http.Request, cancel);
        var now = await clock.Now(cancel);
        var read = Read(text, now.InUtc().Year);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("calendars", id, cancel);
        var (calendar, version) = await ReadCalendar.Find(db, id, cancel);
        http.RequireMatch(calendar.RowVersion);
        var before = version.Read() with { Name = calendar.Name };
        var added = read.Dates.Except(before.Holidays ?? []).ToList();
        var after = added.Count == 0 ? before : before with { Holidays = [.. before.Holidays ?? [], .. added] };
        if (after.Holidays?.Count > MostHolidays) throw TooMany();
        if (added.Count > 0)
        {
            CalendarReading.ReadForUse(after, now);
            if (calendar.Change(before, after, now) is { } next) db.Add(next);
            db.Add(Event.Of("calendar.updated", now, caller.Id, http.TraceIdentifier, new { calendarId = id, calendar.Version, changes = MemberChanges.Between(before, after) }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            news.Note();
        }

        http.SetETag(calendar.RowVersion);
        return TypedResults.Ok(new ImportedHolidaysResponse(CalendarResponse.Of(calendar, after), added, read.Skipped));
    }

    private static async Task<string> Body(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is of a kind that is not read here", $"Send the feed as {Type}.");
        }

        var bytes = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > MostBytes) throw new Refusal(StatusCodes.Status413PayloadTooLarge, "too-large", "The feed is too large", $"A feed may have at most {MostBytes} bytes.");
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static HolidaysRead Read(string text, int year)
    {
        try
        {
            return HolidayFeed.Read(text, year) ?? throw Refusal.Invalid("$", "must be an iCalendar feed (RFC 5545): BEGIN:VCALENDAR, events, END:VCALENDAR");
        }
        catch (HolidayFeedTooLong)
        {
            throw TooMany();
        }
    }

    private static Refusal TooMany() => Refusal.Impossible("too-many-holidays", $"A calendar has at most {MostHolidays} holidays, and a feed as many events; this is more, or takes too long to count out.");
}
