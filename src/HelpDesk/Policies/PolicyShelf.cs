using System.Collections.Concurrent;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using Npgsql;

namespace HelpDesk.Policies;

/// <summary>A policy version and a calendar version, by name.</summary>
internal readonly record struct RulesKey(Guid PolicyId, int PolicyVersion, Guid CalendarId, int CalendarVersion)
{
    public override string ToString() => $"{PolicyId:N}.{PolicyVersion}.{CalendarId:N}.{CalendarVersion}";

    public static RulesKey Parse(string text)
    {
        var parts = text.Split('.');
        return new RulesKey(Guid.Parse(parts[0]), int.Parse(parts[1], null), Guid.Parse(parts[2]), int.Parse(parts[3], null));
    }
}

/// <summary>A policy version ready to be used: what it says to whom, and the rules to count by.</summary>
internal sealed record ShelvedPolicy(RulesKey Key, PolicyDefinition Definition, Rules Rules);

/// <summary>Policy versions ready to count by. A version never changes, so one that was read is kept.</summary>
internal sealed class PolicyShelf(NpgsqlDataSource database, CalendarShelf calendars)
{
    private readonly ConcurrentDictionary<RulesKey, ShelvedPolicy> read = new();

    /// <param name="connection">
    /// The one that the caller's transaction holds: whoever took a second one while holding the first could wait for those who wait for its locks. Null for
    /// the request's, or one from the pool.
    /// </param>
    public async ValueTask<ShelvedPolicy> Get(RulesKey key, NpgsqlConnection? connection, CancellationToken cancel)
    {
        if (read.TryGetValue(key, out var known)) return known;
        await using var command = database.CommandOver(connection, "select definition from policy_versions where policy_id = $1 and version = $2");
        command.Parameters.Add(new() { Value = key.PolicyId });
        command.Parameters.Add(new() { Value = key.PolicyVersion });
        var json = (string?)await command.ExecuteScalarAsync(cancel)
            ?? throw new InvalidOperationException($"Policy {key.PolicyId} has no version {key.PolicyVersion}.");
        var definition = PolicyVersion.Read(json);
        var calendar = await calendars.Get(key.CalendarId, key.CalendarVersion, connection, cancel);
        return read.GetOrAdd(key, new ShelvedPolicy(key, definition, new Rules(PolicyReading.Read(definition), calendar, key.PolicyVersion, key.ToString())));
    }

    /// <summary>Asks for the policies in force, in the order they are tried; see <see cref="ReadKeys"/>.</summary>
    public const string KeysInForce =
        """
        select p.id, p.version, c.id, c.version
        from policies p
        join policy_versions v on v.policy_id = p.id and v.version = p.version
        join calendars c on c.id = v.calendar_id
        where p.deleted_at is null
        order by p.position
        """;

    public static async Task<List<RulesKey>> ReadKeys(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var keys = new List<RulesKey>();
        while (await reader.ReadAsync(cancel)) keys.Add(new RulesKey(reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2), reader.GetInt32(3)));
        return keys;
    }

    /// <summary>The policies in force, in the order they are tried, on the caller's connection.</summary>
    public async Task<IReadOnlyList<ShelvedPolicy>> InForce(NpgsqlConnection connection, CancellationToken cancel)
    {
        List<RulesKey> keys;
        await using (var command = new NpgsqlCommand(KeysInForce, connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            keys = await ReadKeys(reader, cancel);
        }

        return await Get(keys, connection, cancel);
    }

    public async ValueTask<IReadOnlyList<ShelvedPolicy>> Get(IReadOnlyList<RulesKey> keys, NpgsqlConnection? connection, CancellationToken cancel)
    {
        var policies = new ShelvedPolicy[keys.Count];
        for (var index = 0; index < keys.Count; index++) policies[index] = await Get(keys[index], connection, cancel);
        return policies;
    }
}
