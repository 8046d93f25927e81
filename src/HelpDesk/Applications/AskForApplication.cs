using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.LongWork;
using HelpDesk.Policies;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Applications;

/// <summary>Applies the newest version of a policy or of a calendar to open tickets, or tells what that would change.</summary>
internal sealed class AskForApplication(DryRun dryRun, LongWorkBell bell)
{
    /// <summary>Apply a policy's newest version to its open tickets</summary>
    /// <remarks>
    /// What is open of each ticket is counted anew from its start, by the policy's newest version and the newest one of its calendar. A told promise never moves later: it moves only
    /// earlier, only where it was never renewed, and then the customer is told. Kinds that the version adds start where they would have started, those that it drops are cancelled; nothing
    /// that was met or has lapsed is rewritten. Tickets keep their policy, whatever the order of policies and their conditions are by now; resolved and closed ones keep their version too.
    ///
    /// With <c>dryRun</c> nothing is changed and the answer tells what would be: commitment by commitment, and in counts. Without it the answer is 202, with the address of a job in
    /// <c>Location</c>: it applies the version that is the newest now, changes made meanwhile are not applied, and a ticket that has a later version by then keeps it. Asked for twice,
    /// the second job finds nothing to do.
    /// </remarks>
    public static async Task<Results<Ok<ApplicationReport>, Accepted<JobResponse>>> HandlePolicy(
        Guid id, ApplicationRequest request, HttpContext http, HelpDeskDb db, AskForApplication ask, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var (policy, version) = await ReadPolicy.Find(db, id, cancel);
        var calendar = await db.Set<HelpDesk.Calendars.Calendar>().AsNoTracking().FirstAsync(row => row.Id == version.CalendarId, cancel);
        return await ask.Answer(new ApplicationOrder(id, policy.Version, calendar.Id, calendar.Version), ApplyVersion.OfPolicy, request, http, db, clock, caller, cancel);
    }

    /// <summary>Apply a calendar's newest version to open tickets</summary>
    /// <remarks>
    /// To every open ticket whose policy counts by this calendar, in an older version of it: each keeps its policy and the version of that. Otherwise as for a policy, the dry run too.
    /// </remarks>
    public static async Task<Results<Ok<ApplicationReport>, Accepted<JobResponse>>> HandleCalendar(
        Guid id, ApplicationRequest request, HttpContext http, HelpDeskDb db, AskForApplication ask, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var (calendar, _) = await ReadCalendar.Find(db, id, cancel);
        return await ask.Answer(new ApplicationOrder(null, null, id, calendar.Version), ApplyVersion.OfCalendar, request, http, db, clock, caller, cancel);
    }

    private async Task<Results<Ok<ApplicationReport>, Accepted<JobResponse>>> Answer(
        ApplicationOrder order, string kind, ApplicationRequest request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        if (request.DryRun) return TypedResults.Ok(await Report(order, request, http.Request.Path, now, cancel));
        var errors = new Dictionary<string, string[]>();
        if (request.Limit is not null) errors["limit"] = ["is for a dry run alone"];
        if (request.Cursor is not null) errors["cursor"] = ["is for a dry run alone"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
        var job = new LongJob(kind, JsonSerializer.Serialize(order, JsonConventions.Options), caller.Id, http.TraceIdentifier, now);
        await using var transaction = await db.Begin(cancel);
        db.Add(job);
        db.Add(JobEvents.Queued(job));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        return TypedResults.Accepted($"/v1/jobs/{job.Id}", JobResponse.Of(job));
    }

    private async Task<ApplicationReport> Report(ApplicationOrder order, ApplicationRequest request, string list, Instant now, CancellationToken cancel)
    {
        var after = request.Cursor is { } cursor ? Cursor.Read<long>(cursor, list) : 0;
        var (report, next) = await dryRun.Of(order, after, request.Limit ?? ApplicationRequest.DefaultItems, now, cancel);
        return report with { NextCursor = next is { } last ? Cursor.Write(last, list) : null };
    }
}
