using System.Collections.Concurrent;
using Npgsql;

namespace HelpDesk.Access;

/// <summary>
/// When each key was last used, collected in memory and written by a job about once a minute: a request never waits for it. A server that dies
/// loses a minute of it at most.
/// </summary>
internal sealed class KeyUse(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, Instant> unwritten = new(StringComparer.Ordinal);

    public void Note(string id, Instant now) => unwritten[id] = now;

    /// <returns>Keys whose last use was written.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var uses = unwritten.ToArray();
        if (uses.Length == 0) return 0;
        await using var command = database.CreateCommand(
            """
            update api_keys set last_used_at = used.at
            from unnest($1, $2) as used (id, at)
            where api_keys.id = used.id and (last_used_at is null or last_used_at < used.at)
            """);
        command.Parameters.AddWithValue(uses.Select(use => use.Key).ToArray());
        command.Parameters.AddWithValue(uses.Select(use => use.Value.ToDateTimeUtc()).ToArray());
        var written = await command.ExecuteNonQueryAsync(cancel);
        // A use noted meanwhile is kept for the next time.
        foreach (var use in uses) unwritten.TryRemove(use);
        return written;
    }
}
