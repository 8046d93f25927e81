using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Validation;
using System.Text.Json.Serialization;

// ASP0029: the mark is still experimental. A question of several stands in an Asked, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Calendars;

/// <summary>One question to the calculator: where does a duration of working time end?</summary>
/// <param name="Start">The instant to count from. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="Duration">How much working time; negative counts backward. Example: "PT4H".</param>
/// <param name="Calendar">The hours to count in. Where the address names a calendar it is not needed, and counts in place of that one.</param>
[ValidatableType]
public sealed record DeadlineQuestion(string? Start = null, string? Duration = null, CalendarDefinition? Calendar = null);

/// <summary>One question, or several in <c>items</c>.</summary>
/// <param name="Start">The instant to count from. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="Duration">How much working time; negative counts backward. Example: "PT4H".</param>
/// <param name="Calendar">The hours to count in.</param>
/// <param name="Items">Up to 1,000 questions, in place of one: nothing else may stand beside them.</param>
[Example("""
    { "start": "2026-03-02T08:00:00Z", "duration": "PT4H",
      "calendar": { "timeZone": "Europe/Helsinki", "week": { "mon": [["08:00", "12:00"], ["13:00", "17:00"]] } } }
    """)]
public sealed record DeadlineRequest(
    string? Start = null, string? Duration = null, CalendarDefinition? Calendar = null, IReadOnlyList<Asked<DeadlineQuestion>>? Items = null);

/// <summary>One question, or several in <c>items</c>, where the address names the calendar.</summary>
/// <param name="Start">The instant to count from. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="Duration">How much working time; negative counts backward. Example: "PT4H".</param>
/// <param name="Items">Up to 1,000 questions, in place of one: nothing else may stand beside them.</param>
[Example("""{ "start": "2026-03-02T08:00:00Z", "duration": "PT4H" }""")]
public sealed record StoredDeadlineRequest(string? Start = null, string? Duration = null, IReadOnlyList<Asked<DeadlineQuestion>>? Items = null);

/// <summary>A stretch of working time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record OpenStretch(Instant From, Instant To);

/// <summary>Where the duration ends; or the answers to several questions; or why there is none.</summary>
/// <param name="Deadline">Forward: the earliest instant with exactly the duration of working time since the start. Backward: the latest before it.</param>
/// <param name="Segments">The working time that was counted.</param>
/// <param name="Items">The answers, in the order of the questions.</param>
/// <param name="Problem">Why this question could not be answered.</param>
public sealed record DeadlineAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? Deadline = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OpenStretch>? Segments = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DeadlineAnswer>? Items = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QuestionProblem? Problem = null);

internal static class ComputeDeadline
{
    private const int MostSegments = 1_000_000;

    /// <summary>Count working time from an instant, in a stored calendar</summary>
    public static async Task<Ok<DeadlineAnswer>> HandleStored(Guid id, StoredDeadlineRequest request, HttpContext http, HelpDeskDb db, CancellationToken cancel) =>
        TypedResults.Ok(await Answer(new(request.Start, request.Duration, null, request.Items), await CalendarQuestions.Stored(db, id, cancel), http));

    /// <summary>Count working time from an instant, in a calendar given with the question</summary>
    public static async Task<Ok<DeadlineAnswer>> HandleGiven(DeadlineRequest request, HttpContext http) => TypedResults.Ok(await Answer(request, null, http));

    private static async Task<DeadlineAnswer> Answer(DeadlineRequest request, WorkingCalendar? stored, HttpContext http)
    {
        if (request.Items is not null) CalendarQuestions.CheckAlone(("start", request.Start), ("duration", request.Duration), ("calendar", request.Calendar));
        var room = new Room();
        return request.Items is { } items
            ? new DeadlineAnswer(Items: await CalendarQuestions.Each(items, item => One(item, stored, room), problem => new DeadlineAnswer(Problem: problem), http))
            : One(new DeadlineQuestion(request.Start, request.Duration, request.Calendar), stored, room);
    }

    private static DeadlineAnswer One(DeadlineQuestion question, WorkingCalendar? stored, Room room)
    {
        var start = CalendarQuestions.InstantOf("start", question.Start);
        var duration = DurationOf(question.Duration);
        var calendar = CalendarQuestions.CalendarOf(question.Calendar, stored);
        return CalendarQuestions.Compute(() =>
        {
            var deadline = duration < Duration.Zero ? calendar.Subtract(start, -duration) : calendar.Add(start, duration);
            if (!InstantText.Holds(deadline)) throw CalendarQuestions.OutOfReach();
            var segments = calendar.OpenSegments(Instant.Min(start, deadline), Instant.Max(start, deadline));
            return new DeadlineAnswer(deadline, room.Take(segments.Select(segment => new OpenStretch(segment.From, segment.To))));
        });
    }

    private static Duration DurationOf(string? text)
    {
        if (text is null) throw Refusal.Invalid("duration", "is required");
        return IsoDuration.TryParse(text, out var duration, out var rule) ? duration : throw Refusal.Invalid("duration", rule!);
    }

    /// <summary>What is left of the segments that one answer may hold: a thousand questions of a hundred years each would fill the memory.</summary>
    private sealed class Room
    {
        private int left = MostSegments;

        public List<OpenStretch> Take(IEnumerable<OpenStretch> segments)
        {
            var taken = segments.Take(left + 1).ToList();
            if (taken.Count > left) throw Refusal.Impossible("too-many-segments", $"The answer would hold more than {MostSegments} segments. Ask for shorter durations, or for fewer at once.");
            left -= taken.Count;
            return taken;
        }
    }
}
