using System.Data;
using HelpDesk.Database;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Reports;

/// <summary>What one group adds to one day.</summary>
internal sealed record DayRow(LocalDate Day, string Name, Tally Tally)
{
    /// <summary>Whole seconds, ascending: response in working time and elapsed, resolution likewise. Empty unless asked for.</summary>
    public IReadOnlyList<int[]> Times { get; init; } = [];
}

/// <summary>A policy's name and which of its names are published.</summary>
internal sealed record PolicyName(Guid Id, string Name, bool IsPublished, string[] Queues, string[] Channels);

/// <summary>The roll-up as it stood at one instant.</summary>
/// <param name="Counts">Every day there is, without times; only where it was asked for.</param>
/// <param name="Window">The days asked for, with their times.</param>
/// <param name="Policies">Those in force, and those that are gone.</param>
internal sealed record OpenBook(IReadOnlyList<DayRow> Counts, IReadOnlyList<DayRow> Window, IReadOnlyList<PolicyName> Policies);

/// <summary>Reads the roll-up.</summary>
internal sealed class PerformanceBook(NpgsqlDataSource database)
{
    private const string Columns =
        "day, name, promises_made, promises_kept, promises_renewed, promises_broken, promises_silent, promises_withdrawn, kept, broken, cancelled, target_met, target_missed";

    /// <summary>Another one whenever an answer may be another: the roll-up's version, and how often policies were changed.</summary>
    public async Task<string> Version(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            """
            select coalesce((select version from performance_progress), 0)::text || '.' || coalesce(sum(row_version), 0)::text || '.' || count(*)::text || '.' || count(deleted_at)::text from policies
            """);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <param name="withCounts">The counts of all days too: what the public is shown depends on them.</param>
    public async Task<OpenBook> Open(Grouping grouping, LocalDate from, LocalDate to, bool withCounts, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var counts = withCounts ? await Rows(connection, $"select {Columns} from performance_days where grouping = $1 order by day, name", cancel, Words<Grouping>.Of(grouping)) : [];
        var window = await Rows(
            connection,
            $"select {Columns}, response_worked, response_elapsed, resolution_worked, resolution_elapsed from performance_days where grouping = $1 and day >= $2 and day < $3 order by day, name",
            cancel, Words<Grouping>.Of(grouping), from.ToDateOnly(), to.ToDateOnly());
        var policies = await Policies(connection, cancel);
        await transaction.CommitAsync(cancel);
        return new OpenBook(counts, window, policies);
    }

    /// <summary>The counts of all days, without times.</summary>
    public async Task<IReadOnlyList<DayRow>> Counts(Grouping grouping, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Rows(connection, $"select {Columns} from performance_days where grouping = $1 order by day, name", cancel, Words<Grouping>.Of(grouping));
    }

    private static async Task<List<DayRow>> Rows(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<DayRow>();
        while (await row.ReadAsync(cancel))
        {
            rows.Add(new DayRow(LocalDate.FromDateOnly(row.GetFieldValue<DateOnly>(0)), row.GetString(1), new Tally(
                row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10),
                row.GetInt64(11), row.GetInt64(12)))
            {
                Times = row.FieldCount > 13 ? [.. Enumerable.Range(13, 4).Select(column => Percentiles.Read(row.GetFieldValue<byte[]>(column)))] : [],
            });
        }

        return rows;
    }

    /// <summary>A name of a queue or a channel is public where a published policy says that it covers it.</summary>
    private static async Task<List<PolicyName>> Policies(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select p.id, p.name, p.deleted_at is null and coalesce((v.definition ->> 'published')::boolean, false),
                array(select jsonb_array_elements_text(case jsonb_typeof(v.definition -> 'when' -> 'queue') when 'array' then v.definition -> 'when' -> 'queue' else '[]' end)),
                array(select jsonb_array_elements_text(case jsonb_typeof(v.definition -> 'when' -> 'channel') when 'array' then v.definition -> 'when' -> 'channel' else '[]' end))
            from policies p join policy_versions v on v.policy_id = p.id and v.version = p.version
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var policies = new List<PolicyName>();
        while (await row.ReadAsync(cancel))
        {
            policies.Add(new PolicyName(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4)));
        }

        return policies;
    }
}
