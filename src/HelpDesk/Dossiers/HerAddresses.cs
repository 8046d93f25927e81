using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>Every address that was ever the customer's: those on her record, and those that the log knows were. Not one that is another customer's by now.</summary>
internal static class HerAddresses
{
    public static async Task<string[]> Read(NpgsqlConnection connection, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(array_agg(email), '{}') from (
                select email from customer_addresses where customer_id = $1
                union
                select lower(each #>> '{}') from events e cross join jsonb_path_query(e.data -> 'changes', '$.keyvalue() ? (@.key == "email" || @.key == "emails").value.*[*]') as each
                where e.data ? 'customerId' and e.data ->> 'customerId' in (select $1::text union all select id::text from customer_merges where into_id = $1)
                    and jsonb_typeof(each) = 'string') as known
            where email like '%@%' and not exists (select from customer_addresses a where a.email = known.email and a.customer_id <> $1)
            """, connection) { Parameters = { new() { Value = id } } };
        return (string[])(await command.ExecuteScalarAsync(cancel))!;
    }
}
