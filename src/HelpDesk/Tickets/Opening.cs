using HelpDesk.CustomFields;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Policies;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What must be known before a ticket can be opened: its number, who waits, and the policies in force. One round trip.</summary>
internal sealed record Opening(long Number, Requester? Known, IReadOnlyList<ShelvedPolicy> Policies, CustomFieldValues Fields)
{
    private const string Customer =
        """
        select id, email, name, locale, time_zone, tier, preferred_channel, quiet_from, quiet_to, opt_out, unreachable_since
        from customers where
        """;

    public static async Task<Opening> Read(NpgsqlDataSource database, PolicyShelf policies, Guid? customerId, string? email, CancellationToken cancel)
    {
        await using var batch = database.JoinedBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select nextval('ticket_numbers')"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PolicyShelf.KeysInForce));
        batch.BatchCommands.Add(customerId is { } id
            ? new NpgsqlBatchCommand(Customer + " id = $1") { Parameters = { new() { Value = id } } }
            : new NpgsqlBatchCommand(Customer + " email = $1") { Parameters = { new() { Value = (object?)email ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CustomFieldValues.Select));
        long number;
        List<RulesKey> keys;
        Requester? known = null;
        CustomFieldValues fields;
        await using (var reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.ReadAsync(cancel);
            number = reader.GetInt64(0);
            await reader.NextResultAsync(cancel);
            keys = await PolicyShelf.ReadKeys(reader, cancel);
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel)) known = RequesterRow.Read(reader, 0);
            await reader.NextResultAsync(cancel);
            fields = await CustomFieldValues.Read(reader, cancel);
        }

        return new Opening(number, known, await policies.Get(keys, cancel), fields);
    }

    /// <summary>
    /// Appends the customer: made if the address is new, else completed where nothing was known. Somebody else may be making the same one: then the
    /// ticket's reference fails, and the opening is tried again.
    /// </summary>
    public static void AppendCustomer(NpgsqlBatch batch, Requester requester, bool isNew, Instant now)
    {
        var command = new NpgsqlBatchCommand(isNew
            ? """
              insert into customers (id, row_version, email, name, locale, time_zone, preferred_channel, opt_out, created_at, updated_at)
              values ($1, 1, $2, $3, $4, $5, $6, false, $7, $7) on conflict (email) where email is not null do nothing
              """
            : """
              update customers set name = coalesce(name, $3), locale = coalesce(locale, $4), time_zone = coalesce(time_zone, $5),
                  row_version = row_version + 1, updated_at = $7
              where id = $1 and $2::text is not distinct from email and $6::text is not null
              """);
        command.Parameters.Add(new() { Value = requester.Id });
        Text(requester.Email);
        Text(requester.Name);
        Text(requester.Locale);
        Text(requester.TimeZone);
        Text(PreferredChannel.Email.Word());
        command.Parameters.Add(new() { Value = now.ToDateTimeUtc() });
        batch.BatchCommands.Add(command);

        void Text(string? value) => command.Parameters.Add(new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
    }
}
