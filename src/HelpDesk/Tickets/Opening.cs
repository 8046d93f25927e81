using HelpDesk.CustomFields;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Policies;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>
/// What must be known before a ticket can be opened: its number, who waits, the organisation that a new customer joins, the policies in force, and whether
/// its queue and its agent are there; and how many tickets the customer opened lately, as far as is asked. One round trip.
/// </summary>
internal sealed record Opening(
    long Number, Requester? Known, JoinedOrganisation? Joins, IReadOnlyList<ShelvedPolicy> Policies, CustomFieldValues Fields, long OpenedLately)
{
    private const string LatelyById =
        """
        select count(*) from (select from tickets
            where requester_id = coalesce((select into_id from customer_merges where id = $1), $1) and created_at > $2 limit $3) as lately
        """;

    private const string LatelyByAddress =
        """
        select count(*) from (select from tickets
            where requester_id = (select customer_id from customer_addresses where email = $1) and created_at > $2 limit $3) as lately
        """;

    /// <summary>The id of a customer who was merged leads to the one that is left.</summary>
    private const string ById =
        $"""
        select {RequesterRow.Columns} from customers c left join organisations o on o.id = c.organisation_id
        where c.id = coalesce((select into_id from customer_merges where id = $1), $1) and c.erased_at is null
        """;

    private const string ByAddress =
        $"""
        select {RequesterRow.Columns} from customer_addresses a join customers c on c.id = a.customer_id left join organisations o on o.id = c.organisation_id
        where a.email = $1
        """;

    private const string ByDomain = "select o.id, o.tier from organisation_domains d join organisations o on o.id = d.organisation_id where d.domain = $1";

    public static async Task<Opening> Read(
        NpgsqlDataSource database, PolicyShelf policies, Placement placement, Guid? customerId, string? email, Instant since, int most, CancellationToken cancel)
    {
        await using var batch = database.JoinedBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select nextval('ticket_numbers')"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PolicyShelf.KeysInForce));
        batch.BatchCommands.Add(customerId is { } id
            ? new NpgsqlBatchCommand(ById) { Parameters = { new() { Value = id } } }
            : new NpgsqlBatchCommand(ByAddress) { Parameters = { Text(email) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ByDomain) { Parameters = { Text(email is null ? null : CustomerRules.DomainOf(email)) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CustomFieldValues.Select));
        var lately = customerId is { } hers
            ? new NpgsqlBatchCommand(LatelyById) { Parameters = { new() { Value = hers } } }
            : new NpgsqlBatchCommand(LatelyByAddress) { Parameters = { Text(email) } };
        lately.Parameters.Add(new() { Value = since.ToDateTimeUtc() });
        lately.Parameters.Add(new() { Value = most });
        batch.BatchCommands.Add(lately);
        placement.Ask(batch);
        long number;
        List<RulesKey> keys;
        Requester? known = null;
        JoinedOrganisation? joins = null;
        CustomFieldValues fields;
        long openedLately;
        await using (var reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.ReadAsync(cancel);
            number = reader.GetInt64(0);
            await reader.NextResultAsync(cancel);
            keys = await PolicyShelf.ReadKeys(reader, cancel);
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel)) known = RequesterRow.Read(reader, 0);
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel)) joins = new JoinedOrganisation(reader.GetGuid(0), reader.Text(1));
            await reader.NextResultAsync(cancel);
            fields = await CustomFieldValues.Read(reader, cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            openedLately = reader.GetInt64(0);
            await placement.Read(reader, cancel);
        }

        return new Opening(number, known, joins, await policies.Get(keys, null, cancel), fields, openedLately);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };

    /// <summary>
    /// Appends the customer: made if the address is new, else completed where nothing was known. Somebody else may be making the same one, or may have merged
    /// or erased her: then the ticket finds no customer, and the opening is tried again.
    /// </summary>
    public static void AppendCustomer(NpgsqlBatch batch, Requester requester, bool isNew, Instant now)
    {
        var command = new NpgsqlBatchCommand(isNew
            ? """
              with address as (
                  insert into customer_addresses (email, customer_id, position) select $2, $1, 0 where $2::text is not null on conflict (email) do nothing returning email)
              insert into customers (id, row_version, email, name, locale, time_zone, preferred_channel, opt_out, organisation_id, created_at, updated_at)
              select $1, 1, $2, $3, $4, $5, $6, false, $8, $7, $7 where $2::text is null or exists (select from address)
              """
            : """
              update customers set name = coalesce(name, $3), locale = coalesce(locale, $4), time_zone = coalesce(time_zone, $5),
                  row_version = row_version + 1, updated_at = $7
              where id = $1 and $2::text is not distinct from email and erased_at is null and $6::text is not null and $8::uuid is not distinct from organisation_id
              """);
        command.Parameters.Add(new() { Value = requester.Id });
        command.Parameters.Add(Text(requester.Email));
        command.Parameters.Add(Text(requester.Name));
        command.Parameters.Add(Text(requester.Locale));
        command.Parameters.Add(Text(requester.TimeZone));
        command.Parameters.Add(Text(PreferredChannel.Email.Word()));
        command.Parameters.Add(new() { Value = now.ToDateTimeUtc() });
        command.Parameters.Add(new() { Value = (object?)requester.OrganisationId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        batch.BatchCommands.Add(command);
    }
}

/// <summary>The organisation that has the domain of a new customer's address.</summary>
internal sealed record JoinedOrganisation(Guid Id, string? Tier);
