using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Access;

internal static class ChangeApiKey
{
    /// <summary>Change an API key</summary>
    /// <remarks>A merge patch; the secret stays. On this server it holds at once, on others within three seconds.</remarks>
    /// <param name="id">The key's id, the part between the underscores.</param>
    public static async Task<Ok<ApiKeyResponse>> Handle(
        string id, MergePatch<ApiKeyFields> patch, HttpContext http, HelpDeskDb db, KeyRing keys, TimeProvider machine, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var key = await ReadApiKey.Hold(db, id, cancel);
        http.RequireMatch(key.RowVersion);
        var before = key.Fields;
        var after = await patch.ApplyTo(before, http);
        after.Check(machine.GetCurrentInstant(), before);
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            key.Change(after);
            db.Add(Event.Of("api_key.updated", now, caller.Id, http.TraceIdentifier, new { keyId = id, changes }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            keys.Forget(id);
        }
        http.SetETag(key.RowVersion);
        return TypedResults.Ok(ApiKeyResponse.From(key));
    }
}
