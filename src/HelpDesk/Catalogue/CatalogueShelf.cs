using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Policies;
using HelpDesk.Time;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Catalogue;

/// <summary>
/// What is published, as this server knows it. Which versions are in force, and in which order, is the stamp: while it is the same, all that was made of it is.
/// </summary>
internal sealed class CatalogueShelf(NpgsqlDataSource database, PolicyShelf policies, RulesNews news, TimeProvider machine)
{
    private const string Definitions =
        """
        select v.calendar_id, v.version, v.definition
        from unnest($1, $2) as wanted (id, version) join calendar_versions v on v.calendar_id = wanted.id and v.version = wanted.version
        """;

    private readonly AgingShelf<PublishedRules> shelf = new(machine, () => news.Count);

    public ValueTask<PublishedRules> Read(CancellationToken cancel) => shelf.Good() is { } rules ? ValueTask.FromResult(rules) : shelf.Refresh(async known =>
    {
        var keys = await Keys(cancel);
        return known?.AreOf(keys) == true ? known : await Read(keys, cancel);
    });

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
