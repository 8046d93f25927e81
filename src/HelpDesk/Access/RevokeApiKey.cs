using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Access;

internal static class RevokeApiKey
{
    /// <summary>Revoke an API key</summary>
    /// <remarks>With all its secrets. On this server it is refused at once, on others within three seconds.</remarks>
    /// <param name="id">The key's id, the part between the underscores.</param>
    public static async Task<NoContent> Handle(
        string id, HttpContext http, HelpDeskDb db, KeyRing keys, TimeProvider machine, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var key = await ReadApiKey.Hold(db, id, cancel);
        http.RequireMatch(key.RowVersion);
        key.Revoke(machine.GetCurrentInstant());
        db.Add(Event.Of("api_key.revoked", now, caller.Id, http.TraceIdentifier, new { keyId = id, key.Name }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        keys.Forget(id);
        return TypedResults.NoContent();
    }
}
