using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Advisories;

/// <summary>
/// Published advisories as this server knows them. Whether there are others is asked at most once in a <see cref="Patience"/>, whoever reads. So a change on any
/// server is seen by all within that, and one on this server at once.
/// </summary>
internal sealed class AdvisoryShelf(NpgsqlDataSource database, AdvisoryNews news, TimeProvider machine)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Keys = """select id, row_version from advisories where published and (until is null or until > $1) order by "from" desc, sequence desc""";

    private volatile Shelf? shelf;
    private int refreshing;

    private sealed record Shelf(PublishedAdvisories Advisories, long ReadAt, int News);

    /// <summary>Those that hold now.</summary>
    public async ValueTask<ActiveAdvisories> Read(Instant now, CancellationToken cancel)
    {
        var known = shelf;
        var hasAged = known is not null && machine.GetElapsedTime(known.ReadAt) is var age && (age >= Patience || age < TimeSpan.Zero);
        // What has only aged is looked after by one; what is known to be wrong by everybody.
        var isGood = known?.News == news.Count && (!hasAged || Interlocked.Exchange(ref refreshing, 1) == 1);
        return (isGood ? known!.Advisories : await Refresh(known, now, cancel)).At(now);
    }

    private async ValueTask<PublishedAdvisories> Refresh(Shelf? known, Instant now, CancellationToken cancel)
    {
        try
        {
            // Taken before it is read: what changes meanwhile is read again.
            var (count, at) = (news.Count, machine.GetTimestamp());
            var keys = await ReadKeys(now, cancel);
            var advisories = known?.Advisories.AreOf(keys) == true ? known.Advisories : await Read(keys, cancel);
            shelf = new Shelf(advisories, at, count);
            return advisories;
        }
        finally
        {
            Volatile.Write(ref refreshing, 0);
        }
    }

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
