using Npgsql;

namespace HelpDesk.Database;

/// <summary>
/// A statement for the ids in $1, however many. For one alone it is written with "=": of "= any" PostgreSQL expects ten, finds one cheaper each time, and so
/// plans anew each time instead of keeping a plan; that took longer than all the rest of reading a ticket.
/// </summary>
internal sealed class ForIds(string sql)
{
    private readonly string one = sql.Replace("= any ($1)", "= $1", StringComparison.Ordinal);

    public NpgsqlBatchCommand Command(long[] ids) => ids is [var only]
        ? new NpgsqlBatchCommand(one) { Parameters = { new NpgsqlParameter<long> { TypedValue = only } } }
        : new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } };
}
