using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using NodaTime.TimeZones;

namespace HelpDesk.Calendars;

/// <summary>Why one question of several could not be answered.</summary>
/// <param name="Type">A stable code.</param>
/// <param name="Title">The kind of problem.</param>
/// <param name="Status">The status that the question alone would have been answered with.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Errors">The members at fault, and the rules they break.</param>
public sealed record QuestionProblem(string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    internal static QuestionProblem Of(Refusal refusal) =>
        new($"urn:helpdesk:{refusal.Code}", refusal.Title, refusal.Status, refusal.Message, refusal.Errors);
}

/// <summary>What the calculator's questions have in common.</summary>
internal static class CalendarQuestions
{
    public const int MostItems = 1_000;

    /// <summary>The answers in the order of the questions, a problem in the place of one that cannot be answered.</summary>
    public static async Task<IReadOnlyList<TAnswer>> Each<TQuestion, TAnswer>(
        IReadOnlyList<Asked<TQuestion>> questions, Func<TQuestion, TAnswer> answer, Func<QuestionProblem, TAnswer> problem, HttpContext http)
        where TQuestion : class
    {
        if (questions.Count > MostItems) throw Refusal.Invalid("items", $"must be at most {MostItems} questions");
        var answers = new List<TAnswer>(questions.Count);
        foreach (var asked in questions)
        {
            try
            {
                answers.Add(answer(await asked.Read(http)));
            }
            catch (Refusal refusal)
            {
                answers.Add(problem(QuestionProblem.Of(refusal)));
            }
        }

        return answers;
    }

    /// <summary>Several questions or one: what stands beside the several would be lost.</summary>
    public static void CheckAlone(params ReadOnlySpan<(string Member, object? Value)> one)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (member, value) in one)
        {
            if (value is not null) errors[member] = ["must not stand beside items"];
        }

        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>The calendar that a question brings, or the stored one.</summary>
    public static WorkingCalendar CalendarOf(CalendarDefinition? given, WorkingCalendar? stored)
    {
        if (given is not null) return CalendarReading.Read(given, "calendar.");
        return stored ?? throw Refusal.Invalid("calendar", "is required");
    }

    public static Instant InstantOf(string member, string? text) =>
        text is null ? throw Refusal.Invalid(member, "is required")
        : InstantText.TryParse(text, out var instant) ? instant
        : throw Refusal.Invalid(member, InstantText.Rule);

    public static T Compute<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (NeverOpenException error)
        {
            throw Refusal.Impossible("calendar-never-opens", error.Message);
        }
        catch (Exception error) when (error is DeadlineOutOfReachException or ArgumentOutOfRangeException or OverflowException or DateTimeZoneNotFoundException)
        {
            throw OutOfReach();
        }
    }

    public static Refusal OutOfReach() => Refusal.Impossible("out-of-reach", "The answer lies further away than the desk counts.");

    public static async Task<WorkingCalendar> Stored(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        var (_, version) = await ReadCalendar.Find(db, id, cancel);
        return CalendarReading.Read(version.Read());
    }
}
