using System.Linq.Expressions;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Access;

/// <summary>A key, without its secret.</summary>
/// <param name="Id">Names the key.</param>
/// <param name="Name">What the key is for.</param>
/// <param name="Scopes">What it may do: see the scopes at the top of this document. Example: ["tickets:read","tickets:write"].</param>
/// <param name="Queues">The queues whose tickets alone it sees; null for all tickets.</param>
/// <param name="AgentId">The agent it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops being good; null if never.</param>
/// <param name="LastUsedAt">When it was last used, right to about a minute; null if never.</param>
/// <param name="PreviousUntil">When the secret before the last rotation stops being good; null if it was never rotated.</param>
public sealed record ApiKeyResponse(
    string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Queues, Guid? AgentId, Instant CreatedAt, Instant? ExpiresAt,
    Instant? LastUsedAt, Instant? PreviousUntil)
{
    internal static Expression<Func<ApiKey, ApiKeyResponse>> Of { get; } = key =>
        new(key.Id, key.Name, key.Scopes, key.Queues, key.AgentId, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.PreviousUntil);

    internal static ApiKeyResponse From(ApiKey key) =>
        new(key.Id, key.Name, key.Scopes, key.Queues, key.AgentId, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.PreviousUntil);
}

internal static class ReadApiKey
{
    private sealed record Key(Instant CreatedAt, string Id);

    /// <summary>List the API keys</summary>
    /// <remarks>Oldest first. Revoked keys are left out, expired ones are not.</remarks>
    public static async Task<Paged<ApiKeyResponse>> HandleAll(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var keys = db.Set<ApiKey>().AsNoTracking().Where(key => key.RevokedAt == null);
        if (page.After(out Key last))
        {
            keys = keys.Where(key => EF.Functions.GreaterThan(ValueTuple.Create(key.CreatedAt, key.Id), ValueTuple.Create(last.CreatedAt, last.Id)));
        }
        var rows = await keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id).Take(page.Take).Select(ApiKeyResponse.Of).ToListAsync(cancel);
        return page.Of(rows, row => new Key(row.CreatedAt, row.Id));
    }

    /// <summary>Read an API key</summary>
    /// <param name="id">The key's id, the part between the underscores.</param>
    public static async Task<Ok<ApiKeyResponse>> Handle(string id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var key = await db.Set<ApiKey>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, cancel) ?? throw Refusal.NotFound("key");
        http.SetETag(key.RowVersion);
        return TypedResults.Ok(ApiKeyResponse.From(key));
    }

    /// <summary>The key, held until the transaction ends.</summary>
    public static async Task<ApiKey> Hold(HelpDeskDb db, string id, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select from api_keys where id = {id} for update", cancel);
        return await db.Set<ApiKey>().FirstOrDefaultAsync(row => row.Id == id && row.RevokedAt == null, cancel) ?? throw Refusal.NotFound("key");
    }
}
