using HelpDesk.Access;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Policies;

internal static class CreatePolicy
{
    /// <summary>Make a policy</summary>
    /// <remarks>It is tried after those there are: see the order.</remarks>
    public static async Task<Created<PolicyResponse>> Handle(
        PolicyDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await PolicyOrder.Lock(db, cancel);
        await Check(null, request, db, cancel);
        var last = await db.Set<Policy>().MaxAsync(row => row.Position, cancel) ?? 0;
        var policy = new Policy(request.Name!.Trim(), last + 1, now);
        var version = policy.FirstVersion(request with { Name = policy.Name });
        db.Add(policy);
        db.Add(version);
        db.Add(Event.Of("policy.created", now, caller.Id, http.TraceIdentifier, new { policyId = policy.Id, changes = MemberChanges.Between(null, request) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        http.SetETag(policy.RowVersion);
        return TypedResults.Created($"/v1/policies/{policy.Id}", PolicyResponse.Of(version));
    }

    /// <summary>Within the transaction that saves it: until then the calendar cannot be deleted.</summary>
    public static async Task Check(PolicyDefinition? before, PolicyDefinition request, HelpDeskDb db, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Name)) errors["name"] = ["is required"];
        if (request.CalendarId is null) errors["calendarId"] = ["is required: a policy counts by a calendar"];
        PolicyReading.TryRead(request, "", errors);
        LadderRules.Check(request, "", errors);
        if (errors.Count > 0) throw Refusal.Invalid(errors);
        await db.Hold("calendars", request.CalendarId!.Value, cancel);
        var isThere = await db.Set<Calendar>().AnyAsync(row => row.Id == request.CalendarId && row.DeletedAt == null, cancel);
        if (!isThere) throw NoCalendar(request.CalendarId.Value);
        await LadderRules.CheckAgents(db, before, request, cancel);
    }

    private static Refusal NoCalendar(Guid id) => new(
        StatusCodes.Status422UnprocessableEntity, "unknown-calendar", "Well-formed, but impossible", $"There is no calendar {id}.",
        new Dictionary<string, string[]> { ["calendarId"] = ["must be the id of a calendar"] });
}
