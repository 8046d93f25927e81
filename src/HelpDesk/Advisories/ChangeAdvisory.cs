using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Advisories;

internal static class ChangeAdvisory
{
    /// <summary>Change an advisory</summary>
    /// <remarks>A merge patch: a language is added or replaced by its locale, and taken out by null. What was told of it before stays on record as it was told.</remarks>
    public static async Task<Ok<AdvisoryResponse>> Handle(
        Guid id, MergePatch<AdvisoryDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, AdvisoryNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await AdvisoryRules.Lock(db, cancel);
        var advisory = await ReadAdvisory.Find(db, id, cancel);
        http.RequireMatch(advisory.RowVersion);
        var before = advisory.Definition;
        var after = AdvisoryRules.Read(await patch.ApplyTo(before, http), now);
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            advisory.Change(after, now);
            await AdvisoryRules.RefuseTooMany(db, advisory, now, cancel);
            db.Add(Event.Of("advisory.updated", now, caller.Id, http.TraceIdentifier, new { advisoryId = id, changes }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            news.Note();
        }

        http.SetETag(advisory.RowVersion);
        return TypedResults.Ok(AdvisoryResponse.Of(advisory, now));
    }
}
