using System.Text;
using HelpDesk.Access;
using HelpDesk.Database;
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
    private const string Type = "text/calendar";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Import holidays</summary>
    /// <remarks>
    /// An iCalendar feed as <c>text/calendar</c>, in UTF-8, of at most 1 MiB; several in one body are taken as one. Its all-day events become holidays beside those that the calendar has: what recurs every year on the same date as
    /// MM-dd, all else (spans of days, COUNT, UNTIL, BYDAY, exceptions) as dates from last year to five years ahead. Cancelled events are left out; events with hours, and those that recur
    /// otherwise than yearly, are told in skipped. New holidays make a new version of the calendar; the same feed again changes nothing, and nothing is ever removed: that is done by
    /// DELETE of <c>holidays/imported</c>, or by a PATCH of <c>holidays</c> that leaves them out. What is to be read again and again is a holiday feed. Refused for what
    /// is no feed, or not a whole one (400), and (422, too-many-holidays) for more than anybody's holidays.
    /// </remarks>
    public static async Task<Ok<ImportedHolidaysResponse>> Handle(
        Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var text = await Body(http.Request, cancel);
        var now = await clock.Now(cancel);
        var read = Read(text, now.InUtc().Year);
        await using var transaction = await db.Begin(cancel);
        var edit = await CalendarEdit.Begin(db, id, cancel);
        var (calendar, version) = (edit.Calendar, edit.Calendar.RowVersion);
        http.RequireMatch(version);
        var added = read.Dates.Except(edit.Before.Holidays ?? []).ToList();
        // What a feed brings too stays when the feed goes.
        var imported = edit.Sources.Imported.Union(read.Dates.Except(edit.Sources.Own)).ToList();
        var after = edit.Put(edit.Before, edit.Sources with { Imported = imported }, new(now, caller.Id, http.TraceIdentifier));
        if (calendar.RowVersion != version)
        {
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
        try
        {
            // Some write a mark of the order of bytes before the first.
            return Utf8.GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Invalid("$", "must be in UTF-8");
        }
    }

    private static HolidaysRead Read(string text, int year)
    {
        try
        {
            return IcalHolidays.Read(text, year) ?? throw Refusal.Invalid("$", "must be an iCalendar feed (RFC 5545): BEGIN:VCALENDAR, events, END:VCALENDAR");
        }
        catch (HolidayFeedTooLong)
        {
            throw CalendarEdit.TooMany();
        }
    }
}
