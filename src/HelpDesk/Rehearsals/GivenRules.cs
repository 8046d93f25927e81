using HelpDesk.Calendars;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Policies;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Rehearsals;

/// <summary>What a rehearsal names by its id, in full.</summary>
internal static class GivenRules
{
    public static async Task<RehearsalRequest> Fill(RehearsalRequest request, HelpDeskDb db, CancellationToken cancel)
    {
        Check(request);
        if (request.PolicyId is { } policy) request = request with { Policy = await PolicyOf(policy, db, cancel) };
        var calendar = request.CalendarId ?? (request.Calendar is null ? request.Policy?.CalendarId : null);
        return calendar is { } id ? request with { Calendar = await CalendarOf(id, request.CalendarId is null ? "policy.calendarId" : "calendarId", db, cancel) } : request;
    }

    private static void Check(RehearsalRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request is { Policy: not null, PolicyId: not null }) errors["policyId"] = ["must be left out where policy is given"];
        if (request is { Calendar: not null, CalendarId: not null }) errors["calendarId"] = ["must be left out where calendar is given"];
        if (request is { Events: not null, Tickets: not null }) errors["events"] = ["must be left out where tickets are given"];
        if (request is { AsOf: not null, Tickets: not null }) errors["asOf"] = ["must be left out where tickets are given: they are played until now"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private static async Task<PolicyDefinition> PolicyOf(Guid id, HelpDeskDb db, CancellationToken cancel)
    {
        var found = await db.Set<Policy>().AsNoTracking().Where(row => row.Id == id && row.DeletedAt == null)
            .Join(db.Set<PolicyVersion>(), row => new { row.Id, row.Version }, version => new { Id = version.PolicyId, version.Version }, (_, version) => version)
            .FirstOrDefaultAsync(cancel);
        return found?.Read() ?? throw Unknown("policy", "policyId", id);
    }

    private static async Task<CalendarDefinition> CalendarOf(Guid id, string member, HelpDeskDb db, CancellationToken cancel)
    {
        var found = await ReadCalendar.Current(db).AsNoTracking().FirstOrDefaultAsync(row => row.Calendar.Id == id, cancel);
        return found?.Version.Read() ?? throw Unknown("calendar", member, id);
    }

    private static Refusal Unknown(string what, string member, Guid id) => new(
        StatusCodes.Status422UnprocessableEntity, $"unknown-{what}", "Well-formed, but impossible", $"There is no {what} {id}.",
        new Dictionary<string, string[]> { [member] = [$"must be the id of a {what}"] });
}
