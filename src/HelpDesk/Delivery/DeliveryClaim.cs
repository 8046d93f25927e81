using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Delivery;

/// <summary>
/// Due messages that this process alone may hand over until the lease runs out. The claim is committed before anything is sent, and every outcome is recorded
/// only where the lease still is ours.
/// </summary>
internal sealed record DeliveryClaim(Guid Id, IReadOnlyList<ClaimedMail> Mails)
{
    /// <summary>
    /// How long a dead claim stays dead. Outlives one attempt (<see cref="DeliverDue.AttemptLimit"/>) with room to record it.
    /// </summary>
    public static readonly Duration Lease = Database.Lease.Longest;

    /// <summary>What expires within it leaves first, by its expiry, and waits for no earlier message of its ticket.</summary>
    public static readonly Duration Urgent = Duration.FromMinutes(5);

    /// <summary>
    /// What may be handed over: $1 business now, $2 machine now, $3 the channel, $4 the earliest expiry that still leaves time for an attempt, $5 until when a
    /// message is urgent. In order: of one ticket's messages to one recipient an earlier one that is due, and not waiting to be tried again, goes first.
    /// </summary>
    private static readonly string Due =
        $"""
        d.state in ('queued', 'failed') and d.channel = $3 and (d.expires_at is null or d.expires_at >= $4) and {Database.Lease.IsOver("d.leased_until", "$2")}
            and (d.ticket_id is null or d.expires_at < $5 or not exists (
                select from deliveries e
                where e.ticket_id = d.ticket_id and e.sequence < d.sequence and e.recipient = d.recipient and e.channel = d.channel and e.state in ('queued', 'failed')
                    and ({Database.Lease.Holds("e.leased_until", "$2")} or (e.state = 'queued' and e.next_attempt_at <= $1 and (e.expires_at is null or e.expires_at >= $4)))))
        """;

    public static async Task<DeliveryClaim> Take(NpgsqlDataSource database, DeliveryWish wish, CancellationToken cancel)
    {
        var id = Ids.New(wish.MachineNow);
        await using var command = database.CreateCommand(Sql(wish));
        Fill(command, wish);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue((wish.MachineNow + Lease).ToUtc());
        command.Parameters.AddWithValue(wish.AtMost);
        Fill(command, wish.Allowances);
        var mails = new List<ClaimedMail>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) mails.Add(Read(rows, id, wish.Now));
        }

        return new(id, mails);
    }

    private static string Sql(DeliveryWish wish)
    {
        var due = wish.Allowances.AreLimits ? $"{Due} and {wish.Key} <> all ($12)" : Due;
        return $"""
        with urgent as materialized (
            select d.id, {wish.Key} as key, 0 as rank, d.expires_at as at, d.sequence from deliveries d
            where {due} and d.next_attempt_at <= $1 and d.expires_at < $5
            order by d.expires_at, d.sequence limit $8 for update skip locked
        ), others as materialized (
            select d.id, {wish.Key} as key, 1 as rank, d.next_attempt_at as at, d.sequence from deliveries d
            where {due} and d.next_attempt_at <= $1 and (d.expires_at is null or d.expires_at >= $5)
            order by d.next_attempt_at, d.sequence limit greatest(0, $8 - (select count(*) from urgent)) for update skip locked
        ), due as (
            select * from urgent union all select * from others
        ), allowed as (
            {(wish.Allowances.AreLimits ? Limited : "select * from due")}
        ), claimed as (
            update deliveries set lease_id = $6, leased_until = $7 from allowed where deliveries.id = allowed.id
            returning deliveries.*, allowed.rank, allowed.at, allowed.key
        )
        select id, ticket_id, kind, channel, recipient, recipient_name, locale, subject, text_body, html_body,
            message_id, in_reply_to, mail_references, attempts, expires_at, coalesce(due_at, next_attempt_at), refused_since, tries, key,
            customer_id, data::text, signed_as, created_at, traceparent
        from claimed order by rank, at, sequence
        """;
    }

    private const string Limited =
        """
        select id, key, rank, at, sequence from (
            select due.*, row_number() over (partition by due.key order by rank, at, sequence) as nth, coalesce(left_over.allowance, $11) as allowance
            from due left join unnest($9, $10) as left_over (key, allowance) on left_over.key = due.key) numbered
        where allowance is null or nth <= allowance
        """;

    private static void Fill(NpgsqlCommand command, DeliveryWish wish)
    {
        command.Parameters.AddWithValue(wish.Now.ToUtc());
        command.Parameters.AddWithValue(wish.MachineNow.ToUtc());
        command.Parameters.AddWithValue(wish.Channel.Word());
        command.Parameters.AddWithValue((wish.Now + wish.Margin).ToUtc());
        command.Parameters.AddWithValue((wish.Now + Urgent).ToUtc());
    }

    private static void Fill(NpgsqlCommand command, Allowances allowances)
    {
        if (!allowances.AreLimits) return;
        command.Parameters.AddWithValue(allowances.ByKey.Keys.ToArray());
        command.Parameters.AddWithValue(allowances.ByKey.Values.ToArray());
        command.Parameters.Add(new() { Value = allowances.Otherwise is { } otherwise ? otherwise : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.AddWithValue(allowances.Spent);
    }

    private static ClaimedMail Read(NpgsqlDataReader row, Guid lease, Instant now) => new(
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
            CustomerId = row.IsDBNull(19) ? null : row.GetGuid(19),
            Data = row.IsDBNull(20) ? null : row.GetString(20),
            SignedAs = row.IsDBNull(21) ? null : row.GetString(21),
            QueuedAt = row.GetDateTime(22).ToInstant(),
            At = now,
        },
        Conventions.FromWord<DeliveryChannel>(row.GetString(3)),
        row.GetInt32(13))
    {
        Lease = lease,
        ExpiresAt = row.IsDBNull(14) ? null : row.GetDateTime(14).ToInstant(),
        DueAt = row.GetDateTime(15).ToInstant(),
        RefusedSince = row.IsDBNull(16) ? null : row.GetDateTime(16).ToInstant(),
        Tries = row.GetInt32(17),
        Key = row.GetString(18),
        Cause = row.IsDBNull(23) ? null : row.GetString(23),
    };

    /// <summary>The earliest instant at which there is something to claim, business time; null when there is nothing.</summary>
    public static async Task<Instant?> NextDue(NpgsqlDataSource database, DeliveryWish wish, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select d.next_attempt_at from deliveries d
            where {Due} and (d.expires_at is null or d.expires_at >= d.next_attempt_at) {(wish.Allowances.AreLimits ? $"and {wish.Key} <> all ($6)" : "")}
            order by d.next_attempt_at limit 1
            """);
        Fill(command, wish);
        if (wish.Allowances.AreLimits) command.Parameters.AddWithValue(wish.Allowances.Spent);
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }
}

/// <summary>What a claim is asked for.</summary>
/// <param name="Channel">Of one channel.</param>
/// <param name="Key">SQL: messages with the same key share an allowance.</param>
/// <param name="Now">Business time.</param>
/// <param name="MachineNow">Machine time.</param>
/// <param name="Margin">What expires sooner than this from now is left alone.</param>
/// <param name="AtMost">How many.</param>
/// <param name="Allowances">How many of each key.</param>
internal sealed record DeliveryWish(DeliveryChannel Channel, string Key, Instant Now, Instant MachineNow, Duration Margin, int AtMost, Allowances Allowances);

/// <summary>How many messages with each key may be claimed.</summary>
internal sealed record Allowances(int? Otherwise, IReadOnlyDictionary<string, int> ByKey)
{
    public static readonly Allowances Any = new(null, new Dictionary<string, int>());

    public bool AreLimits => Otherwise is not null || ByKey.Count > 0;

    public string[] Spent => [.. ByKey.Where(each => each.Value <= 0).Select(each => each.Key)];
}

internal sealed record ClaimedMail(OutgoingMail Mail, DeliveryChannel Channel, int Attempts)
{
    public required Guid Lease { get; init; }

    public Instant? ExpiresAt { get; init; }

    /// <summary>When it first became due.</summary>
    public required Instant DueAt { get; init; }

    public Instant? RefusedSince { get; init; }

    /// <summary>Attempts made before, those that do not count included.</summary>
    public int Tries { get; init; }

    public required string Key { get; init; }

    /// <summary>The trace of what caused it; null where none was recorded.</summary>
    public string? Cause { get; init; }
}
