using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Delivery;

/// <summary>
/// Where other folders leave messages: rows written, and taken back, in the transaction of their cause.
/// </summary>
internal static class Outbox
{
    /// <summary>Appends the insert of one message.</summary>
    public static void Insert(NpgsqlBatch batch, OutgoingMessage message, Instant now) => InsertMany(batch, [message], now);

    /// <summary>Appends one command that inserts all of them, however many: thousands in one round trip.</summary>
    public static void InsertMany(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages, Instant now)
    {
        if (messages.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into deliveries (id, effect, ticket_id, customer_id, kind, channel, recipient, recipient_name, locale, subject, text_body, html_body,
                message_id, in_reply_to, mail_references, next_attempt_at, expires_at, copy_of, data, signed_as, state, attempts, created_at, traceparent)
            select new.*, 'queued', 0, $21, $22
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) as new
            """);
        new Columns<OutgoingMessage>(command.Parameters, messages)
            .Uuid(message => message.Id)
            .Text(message => message.Effect)
            .Bigint(message => message.TicketId)
            .Uuid(message => message.CustomerId)
            .Text(message => message.Kind.Word())
            .Text(message => message.Channel.Word())
            .Text(message => message.Recipient)
            .Text(message => message.RecipientName)
            .Text(message => message.Locale)
            .Text(message => message.Subject)
            .Text(message => message.Text)
            .Text(message => message.Html)
            .Text(message => message.MessageId)
            .Text(message => message.InReplyTo)
            .Text(message => message.References)
            .Instant(message => message.NotBefore is { } at && at > now ? at : now)
            .Instant(message => message.ExpiresAt)
            .Uuid(message => message.CopyOf)
            .Json(message => message.Data)
            .Text(message => message.SignedAs);
        command.Parameters.Add(new() { Value = now.ToUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)Cause.Current ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        batch.BatchCommands.Add(command);
    }

    /// <summary>
    /// Appends the withdrawal of messages, and of their copies to others; it returns the <c>id</c> of each that was withdrawn. What has been sent, has ended, or has been
    /// claimed by a sender is left as it is: but for what expired a second ago or more. No sender goes on with that, and one that had handed it over in time would have
    /// recorded it: this one is dead. Not so where only this attempt was to be (<see cref="LetOnlyThisAttemptBe"/>): that sender may be alive.
    /// </summary>
    public static void Withdraw(NpgsqlBatch batch, IReadOnlyList<Guid> ids, Instant now, Instant machineNow) =>
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            update deliveries set state = 'withdrawn', ended_at = $2, lease_id = null, leased_until = null
            where (id = any ($1) or copy_of = any ($1)) and state in ('queued', 'failed')
                and ({Lease.IsOver("leased_until", "$3")} or (expires_at < $2::timestamptz - interval '1 second' and expires_at >= created_at))
            returning id
            """)
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = now.ToUtc() }, new() { Value = machineNow.ToUtc() } },
        });

    /// <summary>What a ticket's messages wait for is waited for no longer; not the pause after a failed attempt.</summary>
    public static NpgsqlBatchCommand LetGo(long ticket, Instant now) => new("update deliveries set next_attempt_at = $2 where ticket_id = $1 and state = 'queued' and next_attempt_at > $2")
    {
        Parameters = { new() { Value = ticket }, new() { Value = now.ToUtc() } },
    };

    /// <summary>Appends that what a sender has now is not tried again, should its attempt fail: it expires before it was made, which nothing does by itself.</summary>
    private static void LetOnlyThisAttemptBe(NpgsqlBatch batch, IReadOnlyList<Guid> ids) =>
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "update deliveries set expires_at = created_at - interval '1 microsecond' where (id = any ($1) or copy_of = any ($1)) and state in ('queued', 'failed')")
        {
            Parameters = { new() { Value = ids.ToArray() } },
        });

    /// <summary>
    /// Withdraws at once, on the caller's connection and in its transaction. Answers those that were withdrawn; one that a sender has is sent by this attempt
    /// or not at all.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> Withdraw(
        NpgsqlConnection connection, IReadOnlyList<Guid> ids, Instant now, Instant machineNow, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        await using var batch = connection.CreateBatch();
        Withdraw(batch, ids, now, machineNow);
        LetOnlyThisAttemptBe(batch, ids);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var withdrawn = new List<Guid>();
        while (await rows.ReadAsync(cancel)) withdrawn.Add(rows.GetGuid(0));
        return withdrawn;
    }

    /// <summary>
    /// What waits for a customer is not sent any more: in her transaction, after the change that makes it so. Follow-ups and recoveries expire, so that the promises they
    /// carried are taken back with them, and what is told of those to others; all else is withdrawn at once. What a sender has leaves by this attempt
    /// or not at all, as with <see cref="LetOnlyThisAttemptBe"/>.
    /// </summary>
    /// <param name="only">Over one channel; null for all of them.</param>
    public static async Task Stop(NpgsqlConnection connection, Guid customerId, DeliveryChannel? only, Instant now, Instant machineNow, CancellationToken cancel)
    {
        const string hers = "customer_id = $1 and state in ('queued', 'failed') and ($2::text is null or channel = $2)";
        var held = Lease.Holds("leased_until", "$4");
        var expired = $"expires_at = case when {held} then created_at - interval '1 microsecond' else least(expires_at, $3::timestamptz - interval '1 microsecond') end";
        await using var batch = connection.CreateBatch();
        foreach (var sql in new[]
        {
            $"select from deliveries where {hers} order by id for update",
            $"""
            update deliveries set {expired}
            where copy_of in (select id from deliveries where {hers} and kind in ('follow_up', 'recovery')) and state in ('queued', 'failed')
            """,
            $"""
            update deliveries set {expired}
            where {hers} and (kind in ('follow_up', 'recovery') or {held})
            """,
            $"""
            update deliveries set state = 'withdrawn', ended_at = $3, lease_id = null, leased_until = null
            where {hers} and kind not in ('follow_up', 'recovery') and {Lease.IsOver("leased_until", "$4")}
            """,
        })
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new() { Value = customerId });
            command.Parameters.Add(new() { Value = only is { } channel ? channel.Word() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            if (sql.Contains("$3", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = now.ToUtc() });
            if (sql.Contains("$4", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = machineNow.ToUtc() });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>What waits to be mailed to a customer's old address goes to the new one; but for what a sender has.</summary>
    public static async Task Readdress(
        NpgsqlConnection connection, Guid customerId, (string From, string To) address, string? name, Instant machineNow, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update deliveries set recipient = $3, recipient_name = $4
            where customer_id = $1 and channel = 'email' and recipient = $2 and state in ('queued', 'failed') and {Lease.IsOver("leased_until", "$5")}
            """, connection)
        {
            Parameters =
            {
                new() { Value = customerId },
                new() { Value = address.From },
                new() { Value = address.To },
                new() { Value = (object?)name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = machineNow.ToUtc() },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// The earliest instant at which something is to be handed over; null when nothing waits. What will have expired by then does not
    /// count.
    /// </summary>
    /// <summary>Whether no message waits to be handed over, now or ever.</summary>
    public static async Task<bool> IsEmpty(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select not exists (select from deliveries where state in ('queued', 'failed'))");
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    public static async Task<Instant?> NextDue(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select next_attempt_at from deliveries
            where state in ('queued', 'failed') and (expires_at is null or expires_at >= next_attempt_at)
            order by next_attempt_at limit 1
            """);
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }
}
