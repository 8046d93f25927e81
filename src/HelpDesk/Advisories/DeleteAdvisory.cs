using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Advisories;

internal static class DeleteAdvisory
{
    /// <summary>Delete an advisory</summary>
    /// <remarks>From now on nobody is told of it. What was told of it before stays on record.</remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, AdvisoryNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await AdvisoryRules.Lock(db, cancel);
        var advisory = await ReadAdvisory.Find(db, id, cancel);
        http.RequireMatch(advisory.RowVersion);
        db.Remove(advisory);
        db.Add(Event.Of("advisory.deleted", now, caller.Id, http.TraceIdentifier, new { advisoryId = id, changes = MemberChanges.Between(advisory.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        return TypedResults.NoContent();
    }
}
