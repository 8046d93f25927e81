using System.Collections.Concurrent;
using HelpDesk.Database;
using HelpDesk.Time;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Access;

/// <summary>
/// Who a key belongs to. Rows are remembered for <see cref="Remembered"/>, so that a busy caller costs no query per request; a revocation made on
/// another server is therefore felt after that long at most, one made here at once. Keys that do not exist are not remembered.
/// </summary>
internal sealed class KeyRing(IServiceScopeFactory scopes, AdminKey adminKey, KeyUse use, TimeProvider machine)
{
    private static readonly Duration Remembered = Duration.FromSeconds(3);
    private readonly ConcurrentDictionary<string, (ApiKey Key, Instant ReadAt)> known = new(StringComparer.Ordinal);

    /// <summary>Null for a key that is unknown, revoked or expired.</summary>
    public async ValueTask<Caller?> Find(string key, CancellationToken cancel)
    {
        if (adminKey.Is(key)) return AdminKey.Caller;
        return ApiKeySecret.TryRead(key, out var id, out var hash) ? await Find(id, other => ApiKeySecret.Same(other, hash), cancel) : null;
    }

    /// <summary>The same for who shows a proof of the key in place of the key.</summary>
    /// <param name="sameHash">Whether a hash is that of the proof's secret.</param>
    public async ValueTask<Caller?> Find(string id, Predicate<byte[]> sameHash, CancellationToken cancel)
    {
        if (id == AdminKey.Caller.Id) return adminKey.Is(sameHash) ? AdminKey.Caller : null;
        var now = machine.GetCurrentInstant();
        var row = await Row(id, now, cancel);
        // What is remembered may be older than the secret.
        if (row?.IsGood(sameHash, now) == false && known.TryRemove(id, out _)) row = await Row(id, now, cancel);
        if (row?.IsGood(sameHash, now) != true) return null;
        use.Note(id, now);
        return new($"key:{id}", row.Name, row.Scopes, row.Queues, row.AgentId);
    }

    public void Forget(string id) => known.TryRemove(id, out _);

    private async ValueTask<ApiKey?> Row(string id, Instant now, CancellationToken cancel)
    {
        if (known.TryGetValue(id, out var entry) && now - entry.ReadAt is var age && age >= Duration.Zero && age < Remembered) return entry.Key;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        var row = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(key => key.Id == id, cancel);
        if (row is null) known.TryRemove(id, out _);
        else known[id] = (row, now);
        return row;
    }
}
