using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>A recovery whose apology was taken back: the date that it named was never told.</summary>
internal sealed record UnsentRecovery(Guid PromiseId, Guid CommitmentId, long TicketId, Guid? NewPromiseId, string? Refusal);

/// <summary>Apologies that have not left. One with a date that holds no more is not sent as it stands.</summary>
internal static class UnsentRecoveries
{
    /// <summary>Takes back the apologies of these tickets that are late, or were refused for good.</summary>
    public static Task<IReadOnlyList<UnsentRecovery>> WithdrawLate(NpgsqlConnection connection, long[] tickets, Instant now, Instant machineNow, CancellationToken cancel) =>
        Read(
            connection,
            $"""
            with late as (
                update deliveries d set state = 'withdrawn', ended_at = $1, lease_id = null, leased_until = null
                from (select id, state from deliveries
                    where ticket_id = any ($3) and expires_at is not null and kind = 'recovery' and {Lease.IsOver("leased_until", "$2")}
                        and (state = 'dead' or (state in ('queued', 'failed') and (expires_at < $1 or copy_of in (
                            select id from deliveries where ticket_id = any ($3) and kind = 'recovery' and state = 'dead'))))) as was
                where d.id = was.id and d.state in ('queued', 'failed', 'dead') and {Lease.IsOver("d.leased_until", "$2")}
                returning d.id, case when was.state = 'dead' then coalesce(d.last_error, '') end as refusal),
            untold as (
                select r.promise_id, r.commitment_id, r.ticket_id, r.new_promise_id, late.refusal from recoveries r join late on late.id = r.delivery_id),
            forgotten as (update promises p set told_via = null from untold where p.id = untold.new_promise_id)
            select * from untold
            """,
            cancel, now.ToUtc(), machineNow.ToUtc(), tickets);

    /// <summary>Takes back the apologies that speak of any of these commitments, unless a sender has them: answers all that the same messages spoke of.</summary>
    public static async Task<IReadOnlyList<UnsentRecovery>> Withdraw(
        NpgsqlConnection connection, Guid[] commitments, Instant now, Instant machineNow, CancellationToken cancel)
    {
        var deliveries = await Unsent(connection, commitments, cancel);
        if (deliveries.Length == 0) return [];
        var withdrawn = await Outbox.Withdraw(connection, deliveries, now, machineNow, cancel);
        return withdrawn.Count == 0 ? [] : await Read(
            connection, "select promise_id, commitment_id, ticket_id, new_promise_id, null::text from recoveries where delivery_id = any ($1)", cancel, withdrawn.ToArray());
    }

    private static async Task<Guid[]> Unsent(NpgsqlConnection connection, Guid[] commitments, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(array_agg(distinct d.id), '{}') from recoveries r join deliveries d on d.id = r.delivery_id
            where r.commitment_id = any ($1) and d.state in ('queued', 'failed')
            """, connection) { Parameters = { new() { Value = commitments } } };
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Which apology speaks of these recoveries from now on, and what it gives as the reason.</summary>
    public static NpgsqlBatchCommand Tell(IEnumerable<UnsentRecovery> recoveries, Guid? delivery, string? why) => new(
        "update recoveries set delivery_id = $2, reason = $3 where promise_id = any ($1)")
    {
        Parameters =
        {
            new() { Value = recoveries.Select(recovery => recovery.PromiseId).ToArray() },
            new() { Value = delivery is { } id ? id : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
            new() { Value = why ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        },
    };

    private static async Task<IReadOnlyList<UnsentRecovery>> Read(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var unsent = new List<UnsentRecovery>();
        while (await row.ReadAsync(cancel))
        {
            unsent.Add(new UnsentRecovery(
                row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.IsDBNull(4) ? null : row.GetString(4)));
        }

        return unsent;
    }
}

/// <summary>What is said of a broken promise once the date of its first apology holds no more.</summary>
internal static class LateApology
{
    /// <param name="recoveries">Of this ticket, those of one withdrawn message or of several.</param>
    /// <param name="isSettled">Of a commitment that is answered now, or stands still: no date is named for it.</param>
    public static Letter? For(Ticket ticket, IReadOnlyList<UnsentRecovery> recoveries, Func<Commitment, bool> isSettled)
    {
        var items = recoveries.Select(recovery => Item(ticket, recovery, isSettled)).OfType<LetterItem>().ToList();
        if (items.Count == 0) return null;
        return new Letter(MessageKind.Recovery, $"recovery:{recoveries[0].PromiseId}:{Ids.New(ticket.UpdatedAt)}", items)
        {
            Remedy = ticket.Policy?.Definition.Remedy,
            ExpiresAt = items.Min(item => item.PromisedAt),
        };
    }

    private static LetterItem? Item(Ticket ticket, UnsentRecovery recovery, Func<Commitment, bool> isSettled)
    {
        foreach (var commitment in ticket.Clock.Commitments.Where(commitment => ticket.Ledger.IdOf(commitment) == recovery.CommitmentId))
        {
            var broken = commitment.Promises.First(promise => ticket.Ledger.IdOf(commitment, promise) == recovery.PromiseId);
            var stands = commitment.IsOpen && !isSettled(commitment) ? commitment.OpenPromise?.PromisedAt : null;
            return new LetterItem(commitment, stands, ticket.ToldBefore(commitment, broken)) { IsSettled = stands is null };
        }

        return null;
    }

    /// <summary>What the customer was told last, of a promise that was broken: itself, or an earlier one where nobody told her of it.</summary>
    public static Instant ToldBefore(this Ticket ticket, Commitment commitment, Promise broken) =>
        commitment.Promises.Take(broken.Number).LastOrDefault(promise => ticket.Ledger.ToldVia(commitment, promise) is not null)?.PromisedAt ?? broken.PromisedAt;
}
