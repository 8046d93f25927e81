using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Applications;

/// <summary>The open tickets that a version would be applied to, in the order of their numbers; resolved and closed ones keep the version they were promised by.</summary>
internal static class OpenTickets
{
    private const string Open = "t.policy_id is not null and t.status in ('new', 'open', 'waiting_on_customer', 'on_hold') and ($2::uuid is null or t.calendar_id = $2) and t.id > $3";

    /// <summary>A calendar's tickets are those of the policies that have ever counted by it. Policy by policy, so that a page costs the same wherever it lies.</summary>
    private const string Policies = "with policies as materialized (select $1::uuid as id where $1 is not null union select policy_id from policy_versions where calendar_id = $2)";

    private const string Page =
        $"""
        {Policies}
        select page.id from policies p cross join lateral (select t.id from tickets t where t.policy_id = p.id and {Open} order by t.id limit $4) page
        order by page.id limit $4
        """;

    private const string All = $"{Policies} select count(*) from policies p join tickets t on t.policy_id = p.id and {Open}";

    /// <param name="connection">Null: the request's, or any.</param>
    public static async Task<long[]> After(NpgsqlDataSource database, NpgsqlConnection? connection, ApplicationOrder order, long last, int limit, CancellationToken cancel)
    {
        await using var command = Command(database, connection, Page, order, last);
        command.Parameters.AddWithValue(limit);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await row.ReadAsync(cancel)) ids.Add(row.GetInt64(0));
        return [.. ids];
    }

    public static async Task<long> Count(NpgsqlDataSource database, NpgsqlConnection? connection, ApplicationOrder order, long last, CancellationToken cancel)
    {
        await using var command = Command(database, connection, All, order, last);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, NpgsqlConnection? connection, string sql, ApplicationOrder order, long last)
    {
        var command = database.CommandOver(connection, sql);
        new Values(command.Parameters).Uuid(order.PolicyId).Uuid(order.PolicyId is null ? order.CalendarId : null).Bigint(last);
        return command;
    }
}
