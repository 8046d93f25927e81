using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Access;

internal static class ListApiKeys
{
    /// <summary>A key, without its secret.</summary>
    /// <param name="Id">Names the key.</param>
    /// <param name="Name">What the key is for.</param>
    /// <param name="Scopes">What it may do.</param>
    /// <param name="CreatedAt">When it was made.</param>
    /// <param name="ExpiresAt">When it stops being good; null if never.</param>
    /// <param name="LastUsedAt">When it was last used, right to about a minute; null if never.</param>
    public sealed record Item(string Id, string Name, IReadOnlyList<string> Scopes, Instant CreatedAt, Instant? ExpiresAt, Instant? LastUsedAt);

    private sealed record Key(Instant CreatedAt, string Id);

    /// <summary>List the API keys</summary>
    /// <remarks>Oldest first. Revoked keys are left out, expired ones are not.</remarks>
    public static async Task<Paged<Item>> Handle(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var keys = db.Set<ApiKey>().AsNoTracking().Where(key => key.RevokedAt == null);
        if (page.After(out Key last))
        {
            keys = keys.Where(key => EF.Functions.GreaterThan(ValueTuple.Create(key.CreatedAt, key.Id), ValueTuple.Create(last.CreatedAt, last.Id)));
        }
        var rows = await keys
            .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id)
            .Take(page.Take)
            .Select(key => new Item(key.Id, key.Name, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt))
            .ToListAsync(cancel);
        return page.Of(rows, row => new Key(row.CreatedAt, row.Id));
    }
}
