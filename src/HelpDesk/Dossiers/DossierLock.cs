using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>Holds all of a customer for a change of all of her, until the transaction ends.</summary>
internal static class DossierLock
{
    /// <summary>
    /// First the customers by name, in one order, so that merges that cross wait for each other and do not hang. Then tickets before customers, as for
    /// everybody who holds a ticket and refers to its customer. A ticket that was being opened meanwhile is held afterwards: nobody knows it yet.
    /// </summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="owner">The customer whose tickets are held.</param>
    /// <param name="customers">The customers whose rows are held, the owner among them.</param>
    /// <param name="cancel">Ends with the request.</param>
    public static async Task Take(NpgsqlConnection connection, Guid owner, Guid[] customers, CancellationToken cancel)
    {
        var addresses = await HerAddresses.Read(connection, owner, cancel);
        await using var batch = connection.CreateBatch();
        Add(
            """
            select pg_advisory_xact_lock(name)
            from (select hashtextextended('customer:' || id, 0) as name from unnest($1::uuid[]) as id order by name) as names
            """, [customers]);
        Add(Tickets, owner, addresses);
        Add("select from customers where id = any ($1) order by id for update", [customers]);
        Add(Tickets, owner, addresses);
        await batch.ExecuteNonQueryAsync(cancel);

        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Hers; and others' that have words of hers or tell her what happens: whoever writes to her from there holds the ticket and then refers to her.</summary>
    private const string Tickets =
        """
        select from tickets where id in (
            select id from tickets where requester_id = $1
            union select m.ticket_id from messages m join tickets t on t.id = m.written_on where t.requester_id = $1
            union select id from tickets where watchers <> '{}' and watchers && ($2 || array(select email from customer_addresses where customer_id = $1)))
        order by id for no key update
        """;
}
