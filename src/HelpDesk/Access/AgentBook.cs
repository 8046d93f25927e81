using System.Collections.Concurrent;
using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Access;

/// <summary>An agent, as far as access goes.</summary>
/// <param name="Queues">The queues that she is held to; null for none.</param>
/// <param name="IsLead">Whether her role is that of a lead.</param>
internal sealed record KnownAgent(Guid Id, string Name, bool IsActive, IReadOnlyList<string>? Queues, bool IsLead);

/// <summary>
/// Which agent an id or an e-mail address names. Answers are remembered for <see cref="Remembered"/>, also that there is none; so a change of an agent is felt
/// after that long.
/// </summary>
internal sealed class AgentBook(NpgsqlDataSource database, TimeProvider machine)
{
    private const string Select = "select id, name, active, case when restricted_to_queues then queues end, role = 'lead' from agents where";

    /// <summary>Bounds memory: tokens may name any number of people.</summary>
    private const int MostKnown = 10_000;

    private static readonly Duration Remembered = Duration.FromSeconds(3);
    private readonly ConcurrentDictionary<string, (KnownAgent? Agent, Instant ReadAt)> known = new(StringComparer.Ordinal);

    /// <param name="name">An id, or an e-mail address in whatever case.</param>
    public async ValueTask<KnownAgent?> Find(string name, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        if (known.TryGetValue(name, out var entry) && now - entry.ReadAt is var age && age >= Duration.Zero && age < Remembered) return entry.Agent;
        return await FindAnew(name, cancel);
    }

    /// <summary>The same as the database has it now.</summary>
    public async ValueTask<KnownAgent?> FindAnew(string name, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        var agent = await Read(name, cancel);
        if (known.Count >= MostKnown) known.Clear();
        known[name] = (agent, now);
        return agent;
    }

    private async Task<KnownAgent?> Read(string name, CancellationToken cancel)
    {
        var isId = Guid.TryParse(name, out var id);
        await using var command = database.JoinedCommand(isId ? $"{Select} id = $1" : $"{Select} email = $1");
        command.Parameters.AddWithValue(isId ? id : name.ToLowerInvariant());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3), row.GetBoolean(4))
            : null;
    }
}
