using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Policies;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Catalogue;

/// <summary>
/// What is published, as this server knows it. Which versions are in force, and in which order, is asked at most once in a <see cref="Patience"/>, and that is the
/// stamp: while it is the same, all that was made of it is. So a change on any server is seen by all within that, one on this server at once, and nobody asks for
/// every request.
/// </summary>
internal sealed class CatalogueShelf(NpgsqlDataSource database, PolicyShelf policies, RulesNews news, TimeProvider machine)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Definitions =
        """
        select v.calendar_id, v.version, v.definition
        from unnest($1, $2) as wanted (id, version) join calendar_versions v on v.calendar_id = wanted.id and v.version = wanted.version
        """;

    private volatile Shelf? shelf;
    private int refreshing;

    private sealed record Shelf(PublishedRules Rules, long ReadAt, int News);

    public ValueTask<PublishedRules> Read(CancellationToken cancel)
    {
        var known = shelf;
        var hasAged = known is not null && machine.GetElapsedTime(known.ReadAt) is var age && (age >= Patience || age < TimeSpan.Zero);
        // What has only aged is looked after by one; what is known to be wrong by everybody.
        return known?.News == news.Count && (!hasAged || Interlocked.Exchange(ref refreshing, 1) == 1) ? ValueTask.FromResult(known.Rules) : Refresh(known, cancel);
    }

    private async ValueTask<PublishedRules> Refresh(Shelf? known, CancellationToken cancel)
    {
        try
        {
            // Taken before it is read: what changes meanwhile is read again.
            var (count, at) = (news.Count, machine.GetTimestamp());
            var keys = await Keys(cancel);
            var rules = known?.Rules.AreOf(keys) == true ? known.Rules : await Read(keys, cancel);
            shelf = new Shelf(rules, at, count);
            return rules;
        }
        finally
        {
            Volatile.Write(ref refreshing, 0);
        }
    }

    private async Task<List<RulesKey>> Keys(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(PolicyShelf.KeysInForce);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await PolicyShelf.ReadKeys(reader, cancel);
    }

    private async Task<PublishedRules> Read(List<RulesKey> keys, CancellationToken cancel)
    {
        var calendars = new Dictionary<(Guid, int), CalendarDefinition>();
        var wanted = keys.Select(key => (Id: key.CalendarId, Version: key.CalendarVersion)).Distinct().ToList();
        await using (var command = database.JoinedCommand(Definitions))
        {
            command.Parameters.Add(new() { Value = wanted.Select(each => each.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = wanted.Select(each => each.Version).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel)) calendars[(row.GetGuid(0), row.GetInt32(1))] = CalendarVersion.Read(row.GetString(2));
        }

        return new PublishedRules(await policies.Get(keys, null, cancel), calendars);
    }
}
