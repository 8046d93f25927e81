using System.ComponentModel.DataAnnotations;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Access;

internal static class CreateApiKey
{
    /// <summary>A key to be made.</summary>
    /// <param name="Name">What the key is for.</param>
    /// <param name="Scopes">What it may do.</param>
    /// <param name="ExpiresAt">When it stops being good; never, if left out.</param>
    [Example("""{ "name": "CRM integration", "scopes": ["tickets:read", "tickets:write"], "expiresAt": "2036-01-01T00:00:00Z" }""")]
    public sealed record Request(
        [property: StringLength(200, MinimumLength = 1)] string Name,
        [property: MinLength(1)] IReadOnlyList<string> Scopes,
        Instant? ExpiresAt = null);

    /// <summary>A key that was made.</summary>
    /// <param name="Id">Names the key from now on.</param>
    /// <param name="Name">What the key is for.</param>
    /// <param name="Scopes">What it may do.</param>
    /// <param name="ExpiresAt">When it stops being good; null if never.</param>
    /// <param name="CreatedAt">When it was made.</param>
    /// <param name="Key">The key itself. Shown this once and kept by nobody else.</param>
    public sealed record Response(string Id, string Name, IReadOnlyList<string> Scopes, Instant? ExpiresAt, Instant CreatedAt, string Key);

    /// <summary>Make an API key</summary>
    /// <remarks>The answer is the only place where the key is ever shown: the desk keeps a hash of it.</remarks>
    public static async Task<Created<Response>> Handle(Request request, HelpDeskDb db, TimeProvider machine, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        Check(request, now);
        var (id, secret, hash) = ApiKeySecret.Make();
        var key = new ApiKey(id, request.Name.Trim(), request.Scopes.Distinct(), hash, request.ExpiresAt, now);
        db.Add(key);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/v1/api-keys/{id}", new Response(id, key.Name, key.Scopes, key.ExpiresAt, now, secret));
    }

    private static void Check(Request request, Instant now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Name)) errors["name"] = ["must not be blank"];
        for (var index = 0; index < request.Scopes.Count; index++)
        {
            var scope = request.Scopes[index];
            if (!Scopes.All.Contains(scope)) errors[$"scopes[{index}]"] = [$"there is no scope {scope}: use {string.Join(", ", Scopes.All)}"];
        }
        if (request.ExpiresAt <= now) errors["expiresAt"] = ["must lie ahead"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }
}
