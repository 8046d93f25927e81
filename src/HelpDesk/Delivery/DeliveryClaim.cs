using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// Due messages that this process alone may hand over until the lease runs out. The claim is committed before anything is sent, and every
/// outcome is
/// recorded only where the lease still is ours.
/// </summary>
internal sealed class DeliveryClaim(NpgsqlDataSource database, Guid lease, Instant leasedUntil, IReadOnlyList<ClaimedMail> mails)
{
    /// <summary>
    /// How long a dead claim stays dead. Outlives one attempt (<see cref="DeliverDue.AttemptLimit"/>) with room to record it.
    /// </summary>
    public static readonly Duration Lease = Duration.FromSeconds(15);

    private const int AtOnce = 100;

    public Instant LeasedUntil => leasedUntil;

    public IReadOnlyList<ClaimedMail> Mails => mails;

    public static async Task<DeliveryClaim> Take(NpgsqlDataSource database, Instant now, Instant machineNow, CancellationToken cancel)
    {
        var lease = Ids.New(machineNow);
        var leasedUntil = machineNow + Lease;
        await using var command = database.CreateCommand(
            """
            with due as materialized (
                select id from deliveries
                where state in ('queued', 'failed') and next_attempt_at <= $1 and (expires_at is null or expires_at >= $1)
                    and (lease_id is null or leased_until < $2)
                order by next_attempt_at, sequence
                limit $5
                for update skip locked
            ), claimed as (
                update deliveries set lease_id = $3, leased_until = $4 from due where deliveries.id = due.id
                returning deliveries.*
            )
            select id, ticket_id, kind, channel, recipient, recipient_name, locale, subject, text_body, html_body,
                message_id, in_reply_to, mail_references, attempts, customer_id, data::text, signed_as, created_at
            from claimed order by next_attempt_at, sequence
            """);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(machineNow.ToUtc());
        command.Parameters.AddWithValue(lease);
        command.Parameters.AddWithValue(leasedUntil.ToUtc());
        command.Parameters.AddWithValue(AtOnce);
        var mails = new List<ClaimedMail>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) mails.Add(Read(rows, now));
        }

        return new(database, lease, leasedUntil, mails);
    }

    private static ClaimedMail Read(NpgsqlDataReader row, Instant now) => new(
        new()
        {
            Id = row.GetGuid(0),
            TicketId = row.IsDBNull(1) ? null : row.GetInt64(1),
            Kind = Conventions.FromWord<MessageKind>(row.GetString(2)),
            Recipient = row.GetString(4),
            RecipientName = row.IsDBNull(5) ? null : row.GetString(5),
            Locale = row.GetString(6),
            Subject = row.GetString(7),
            Text = row.GetString(8),
            Html = row.GetString(9),
            MessageId = row.GetString(10),
            InReplyTo = row.IsDBNull(11) ? null : row.GetString(11),
            References = row.IsDBNull(12) ? null : row.GetString(12),
            CustomerId = row.IsDBNull(14) ? null : row.GetGuid(14),
            Data = row.IsDBNull(15) ? null : row.GetString(15),
            SignedAs = row.IsDBNull(16) ? null : row.GetString(16),
            QueuedAt = row.GetDateTime(17).ToInstant(),
            At = now,
        },
        Conventions.FromWord<DeliveryChannel>(row.GetString(3)),
        row.GetInt32(13));

    /// <summary>False where the lease had run out and another sender has taken the message up.</summary>
    public Task<bool> RecordSent(Guid id, Instant now) => Record(
        """
        update deliveries set state = 'sent', sent_at = $3, ended_at = $3, attempts = attempts + 1, last_error = null,
            lease_id = null, leased_until = null
        where id = $1 and lease_id = $2 and state in ('queued', 'failed')
        """,
        id, now.ToUtc());

    public Task<bool> RecordFailed(Guid id, string error, Instant nextAttemptAt) => Record(
        """
        update deliveries set state = 'failed', next_attempt_at = $3, attempts = attempts + 1, last_error = $4,
            lease_id = null, leased_until = null
        where id = $1 and lease_id = $2 and state in ('queued', 'failed')
        """,
        id, nextAttemptAt.ToUtc(), error);

    public Task<bool> RecordDead(Guid id, string error, Instant now) => Record(
        """
        update deliveries set state = 'dead', ended_at = $3, attempts = attempts + 1, last_error = $4,
            lease_id = null, leased_until = null
        where id = $1 and lease_id = $2 and state in ('queued', 'failed')
        """,
        id, now.ToUtc(), error);

    /// <summary>Gives back what was claimed and not tried: it costs no attempt.</summary>
    public Task Release(IReadOnlyList<Guid> ids) =>
        Record("update deliveries set lease_id = null, leased_until = null where id = any ($1) and lease_id = $2", ids.ToArray());

    // Not cancelled by a stop: what has been handed over must be written down.
    private async Task<bool> Record(string sql, object ids, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(lease);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }
}

internal sealed record ClaimedMail(OutgoingMail Mail, DeliveryChannel Channel, int Attempts);
