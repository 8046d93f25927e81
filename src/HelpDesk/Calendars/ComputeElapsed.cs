using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Validation;
using System.Text.Json.Serialization;

// ASP0029: the mark is still experimental. A question of several stands in an Asked, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Calendars;

/// <summary>One question to the calculator: how much working time lies between two instants?</summary>
/// <param name="Start">Inclusive. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="End">Exclusive. Example: "2026-03-03T08:00:00Z".</param>
/// <param name="Calendar">The hours to count in. Where the address names a calendar it is not needed, and counts in place of that one.</param>
[ValidatableType]
public sealed record ElapsedQuestion(string? Start = null, string? End = null, CalendarDefinition? Calendar = null);

/// <summary>One question, or several in <c>items</c>.</summary>
/// <param name="Start">Inclusive. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="End">Exclusive. Example: "2026-03-03T08:00:00Z".</param>
/// <param name="Calendar">The hours to count in.</param>
/// <param name="Items">Up to 1,000 questions, in place of one: nothing else may stand beside them.</param>
[Example("""
    { "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T12:00:00Z",
      "calendar": { "timeZone": "Europe/Helsinki", "week": { "mon": [["08:00", "12:00"], ["13:00", "17:00"]] } } }
    """)]
public sealed record ElapsedRequest(
    string? Start = null, string? End = null, CalendarDefinition? Calendar = null, IReadOnlyList<Asked<ElapsedQuestion>>? Items = null);

/// <summary>One question, or several in <c>items</c>, where the address names the calendar.</summary>
/// <param name="Start">Inclusive. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="End">Exclusive. Example: "2026-03-03T08:00:00Z".</param>
/// <param name="Items">Up to 1,000 questions, in place of one: nothing else may stand beside them.</param>
[Example("""{ "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T12:00:00Z" }""")]
public sealed record StoredElapsedRequest(string? Start = null, string? End = null, IReadOnlyList<Asked<ElapsedQuestion>>? Items = null);

/// <summary>The working time between two instants; or the answers to several questions; or why there is none.</summary>
/// <param name="Duration">Zero when the end does not lie after the start.</param>
/// <param name="Seconds">The same in seconds, exact to the microsecond.</param>
/// <param name="Items">The answers, in the order of the questions.</param>
/// <param name="Problem">Why this question could not be answered.</param>
public sealed record ElapsedAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Duration? Duration = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Seconds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ElapsedAnswer>? Items = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QuestionProblem? Problem = null);

internal static class ComputeElapsed
{
    private static readonly Duration Furthest = NodaTime.Duration.FromDays(36_525);

    /// <summary>Count the working time between two instants, in a stored calendar</summary>
    public static async Task<Ok<ElapsedAnswer>> HandleStored(Guid id, StoredElapsedRequest request, HttpContext http, HelpDeskDb db, CancellationToken cancel) =>
        TypedResults.Ok(await Answer(new(request.Start, request.End, null, request.Items), await CalendarQuestions.Stored(db, id, cancel), http));

    /// <summary>Count the working time between two instants, in a calendar given with the question</summary>
    public static async Task<Ok<ElapsedAnswer>> HandleGiven(ElapsedRequest request, HttpContext http) => TypedResults.Ok(await Answer(request, null, http));

    private static async Task<ElapsedAnswer> Answer(ElapsedRequest request, WorkingCalendar? stored, HttpContext http)
    {
        if (request.Items is not null) CalendarQuestions.CheckAlone(("start", request.Start), ("end", request.End), ("calendar", request.Calendar));
        return request.Items is { } items
            ? new ElapsedAnswer(Items: await CalendarQuestions.Each(items, item => One(item, stored), problem => new ElapsedAnswer(Problem: problem), http))
            : One(new ElapsedQuestion(request.Start, request.End, request.Calendar), stored);
    }

    private static ElapsedAnswer One(ElapsedQuestion question, WorkingCalendar? stored)
    {
        var start = CalendarQuestions.InstantOf("start", question.Start);
        var end = CalendarQuestions.InstantOf("end", question.End);
        var calendar = CalendarQuestions.CalendarOf(question.Calendar, stored);
        if (end - start > Furthest) throw Refusal.Impossible("out-of-reach", "The two instants lie more than 100 years apart.");
        var elapsed = CalendarQuestions.Compute(() => calendar.Between(start, end));
        return new ElapsedAnswer(elapsed, Seconds.Of(elapsed));
    }
}
