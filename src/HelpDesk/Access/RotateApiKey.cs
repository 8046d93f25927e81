using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Access;

internal static class RotateApiKey
{
    private static readonly Duration Longest = Duration.FromDays(30);

    /// <summary>How a key is to be replaced.</summary>
    /// <param name="Overlap">How long the old secret stays good beside the new one: PT0S to P30D, PT24H if left out.</param>
    [Example("""{ "overlap": "PT24H" }""")]
    public sealed record Request(IsoDuration? Overlap = null);

    /// <summary>A key that was replaced.</summary>
    /// <param name="Id">Names the key, as before.</param>
    /// <param name="Key">The key from now on. Shown this once and kept by nobody else.</param>
    /// <param name="PreviousUntil">Until then, exclusive, by the machine's clock, the old one is good too.</param>
    public sealed record Response(string Id, string Key, Instant PreviousUntil);

    /// <summary>Give an API key a new secret</summary>
    /// <remarks>
    /// Name, scopes, queues and expiry stay. The old secret is good until the overlap ends, so that its holders can be changed one by one; one from a
    /// rotation before that ends now. On other servers the new secret is good within three seconds.
    /// </remarks>
    /// <param name="id">The key's id, the part between the underscores.</param>
    public static async Task<Ok<Response>> Handle(
        string id, Request request, HttpContext http, HelpDeskDb db, KeyRing keys, TimeProvider machine, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var overlap = request.Overlap?.Value ?? Duration.FromDays(1);
        if (overlap < Duration.Zero || overlap > Longest) throw Refusal.Invalid("overlap", "must be PT0S to P30D");
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var key = await ReadApiKey.Hold(db, id, cancel);
        http.RequireMatch(key.RowVersion);
        var (shown, hash) = ApiKeySecret.Make(id);
        var until = (machine.GetCurrentInstant() + overlap).ToMicrosecond();
        key.Rotate(hash, until);
        db.Add(Event.Of("api_key.rotated", now, caller.Id, http.TraceIdentifier, new { keyId = id, previousUntil = until }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(() => keys.Forget(id));
        http.SetETag(key.RowVersion);
        return TypedResults.Ok(new Response(id, shown, until));
    }
}
