using HelpDesk.Access;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Policies;

internal static class ChangePolicy
{
    /// <summary>Change a policy</summary>
    /// <remarks>A merge patch; it makes a new version. New tickets are promised by it, open tickets keep theirs.</remarks>
    public static async Task<Ok<PolicyResponse>> Handle(
        Guid id, MergePatch<PolicyDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await PolicyOrder.Lock(db, cancel);
        var (policy, version) = await ReadPolicy.Find(db, id, cancel);
        http.RequireMatch(policy.RowVersion);
        var before = version.Read();
        var after = await patch.ApplyTo(before, http);
        await CreatePolicy.Check(before, after, db, cancel);
        after = after with { Name = after.Name!.Trim() };
        if (policy.Change(before, after, now) is { } next)
        {
            db.Add(next);
            version = next;
            db.Add(Event.Of("policy.updated", now, caller.Id, http.TraceIdentifier, new { policyId = id, policy.Version, changes = MemberChanges.Between(before, after) }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            news.Note();
        }

        http.SetETag(policy.RowVersion);
        return TypedResults.Ok(PolicyResponse.Of(version));
    }

    /// <summary>Delete a policy</summary>
    /// <remarks>No new ticket is promised by it. Open tickets keep what they were promised.</remarks>
    public static async Task<NoContent> HandleDelete(
        Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await PolicyOrder.Lock(db, cancel);
        var (policy, _) = await ReadPolicy.Find(db, id, cancel);
        http.RequireMatch(policy.RowVersion);
        policy.Delete(now);
        db.Add(Event.Of("policy.deleted", now, caller.Id, http.TraceIdentifier, new { policyId = id, policy.Name }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        return TypedResults.NoContent();
    }
}
