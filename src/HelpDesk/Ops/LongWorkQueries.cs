using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.LongWork;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>Long work that is under way, the oldest first, and after it the last that has ended.</summary>
internal sealed class LongWorkQueries(NpgsqlDataSource database)
{
    private const int MostUnfinished = 50;
    private const int Last = 5;

    /// <summary>What has ended is looked for among the newest only, by the primary key: a table that is never emptied is not read whole.</summary>
    private const string Select =
        """
        select w.id, w.kind, coalesce(p.name, k.name), coalesce(w.request ->> 'policyVersion', w.request ->> 'calendarVersion', ''), w.state, w.done, w.total, w.error,
            coalesce(case when w.actor = $3 then $4 end, a.name, g.name, w.actor), w.created_at, w.ended_at
        from (
            (select * from long_work where ended_at is null order by id limit $1)
            union all
            (select * from (select * from long_work order by id desc limit $1) newest where ended_at is not null order by id desc limit $2)) w
        left join policies p on p.id::text = w.request ->> 'policyId'
        left join calendars k on w.request ->> 'policyId' is null and k.id::text = w.request ->> 'calendarId'
        left join api_keys a on w.actor = 'key:' || a.id
        left join agents g on w.actor = 'agent:' || g.id
        order by w.ended_at is not null, case when w.ended_at is null then w.id end, w.id desc
        """;

    public async Task<IReadOnlyList<LongWorkLine>> Read(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(Select);
        foreach (object value in new object[] { MostUnfinished, Last, AdminKey.Caller.Id, AdminKey.Caller.Name }) command.Parameters.AddWithValue(value);
        var lines = new List<LongWorkLine>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            lines.Add(new(
                row.GetGuid(0), row.GetString(1), row.Text(2), row.GetString(3), Conventions.FromWord<JobState>(row.GetString(4)), row.GetInt64(5), row.IsDBNull(6) ? null : row.GetInt64(6),
                row.Text(7), row.GetString(8), row.At(9)!.Value, row.At(10)));
        }

        return lines;
    }
}
