using HelpDesk.Database;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Access;

internal static class RevokeApiKey
{
    /// <summary>Revoke an API key</summary>
    /// <remarks>On this server it is refused at once, on others within three seconds.</remarks>
    /// <param name="id">The key's id, the part between the underscores.</param>
    /// <param name="db">The desk's database.</param>
    /// <param name="keys">The keys in memory.</param>
    /// <param name="machine">The machine's time.</param>
    /// <param name="cancel">Ends with the request.</param>
    public static async Task<Results<NoContent, NotFound>> Handle(string id, HelpDeskDb db, KeyRing keys, TimeProvider machine, CancellationToken cancel)
    {
        var key = await db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, cancel);
        if (key is null) return TypedResults.NotFound();
        key.Revoke(machine.GetCurrentInstant());
        await db.SaveChangesAsync(cancel);
        keys.Forget(id);
        return TypedResults.NoContent();
    }
}
