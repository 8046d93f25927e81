using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Advisories;

/// <summary>Published advisories as this server knows them.</summary>
internal sealed class AdvisoryShelf(NpgsqlDataSource database, AdvisoryNews news, TimeProvider machine)
{
    private const string Keys = """select id, row_version from advisories where published and (until is null or until > $1) order by "from" desc, sequence desc""";

    private readonly AgingShelf<PublishedAdvisories> shelf = new(machine, () => news.Count);

    /// <summary>Those that hold now.</summary>
    public async ValueTask<ActiveAdvisories> Read(Instant now, CancellationToken cancel) => (shelf.Good() ?? await shelf.Refresh(async known =>
    {
        var keys = await ReadKeys(now, cancel);
        return known?.AreOf(keys) == true ? known : await Read(keys, cancel);
    })).At(now);

    private async Task<List<AdvisoryKey>> ReadKeys(Instant now, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(Keys);
        new Values(command.Parameters).Instant(now);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var keys = new List<AdvisoryKey>();
        while (await row.ReadAsync(cancel)) keys.Add(new(row.GetGuid(0), row.GetInt64(1)));
        return keys;
    }

    private async Task<PublishedAdvisories> Read(List<AdvisoryKey> keys, CancellationToken cancel)
    {
        if (keys.Count == 0) return new(keys, []);
        await using var command = database.JoinedCommand(KnownAdvisory.ByIds);
        command.Parameters.Add(new() { Value = keys.Select(key => key.Id).ToArray() });
        return new(keys, await KnownAdvisory.Read(command, cancel));
    }
}
