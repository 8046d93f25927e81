using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Commitments;

/// <summary>Reads the commitments and promises of tickets: two commands in the caller's batch, however many tickets.</summary>
internal sealed class LedgerReader(PolicyShelf policies)
{
    private static readonly ForIds Commitments = new(
        """
        select id, ticket_id, kind, cycle, state, policy_id, policy_version, calendar_id, calendar_version, term::text, reopening,
            started_at, due_at, promised_at, told_at, lapsed_at, fulfilled_at, ended_at, reopened_at,
            used, renewals, renewals_since_human, reason, words, pauses::text, promise_remainder, owes_recovery
        from commitments where ticket_id = any ($1)
        """);

    private static readonly ForIds Promises = new(
        """
        select id, commitment_id, number, promised_at, made_at, made_by, words, told_via, reason, outcome, ended_at, follow_up_at, followed_up_at, climbed, why
        from promises where ticket_id = any ($1) order by commitment_id, number
        """);

    public static void Ask(NpgsqlBatch batch, long[] ticketIds)
    {
        batch.BatchCommands.Add(Commitments.Command(ticketIds));
        batch.BatchCommands.Add(Promises.Command(ticketIds));
    }

    /// <summary>
    /// Reads the two results that <see cref="Ask"/> asked for, the last of their batch; the reader stands on the first. It is closed afterwards: the policies
    /// are read over the same connection.
    /// </summary>
    public async Task<ILookup<long, StoredCommitment>> Read(NpgsqlDataReader reader, NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = new List<(Guid Id, long TicketId, RulesKey? Rules, Commitment Commitment)>();
        while (await reader.ReadAsync(cancel)) rows.Add(Commitment(reader));
        await reader.NextResultAsync(cancel);
        var promises = new Dictionary<Guid, List<(Promise Promise, LedgerEntry Entry)>>();
        while (await reader.ReadAsync(cancel))
        {
            var id = reader.GetGuid(1);
            if (!promises.TryGetValue(id, out var ledger)) promises[id] = ledger = [];
            ledger.Add(Promise(reader));
        }

        await reader.DisposeAsync();
        var read = new List<(long TicketId, StoredCommitment Stored)>(rows.Count);
        foreach (var (id, ticketId, key, commitment) in rows)
        {
            var rules = key is { } known ? (await policies.Get(known, connection, cancel)).Rules : null;
            var ledger = promises.GetValueOrDefault(id) ?? [];
            var whole = commitment with { Rules = rules, Promises = [.. ledger.Select(pair => pair.Promise)] };
            read.Add((ticketId, new StoredCommitment(id, whole, [.. ledger.Select(pair => pair.Entry)])));
        }

        return read
            .OrderBy(row => row.Stored.Commitment.StartedAt).ThenBy(row => row.Stored.Commitment.Kind).ThenBy(row => row.Stored.Commitment.Cycle)
            .ToLookup(row => row.TicketId, row => row.Stored);
    }

    private static (Guid, long, RulesKey?, Commitment) Commitment(NpgsqlDataReader row)
    {
        RulesKey? rules = row.IsDBNull(5) ? null : new RulesKey(row.GetGuid(5), row.GetInt32(6), row.GetGuid(7), row.GetInt32(8));
        return (row.GetGuid(0), row.GetInt64(1), rules, new Commitment
        {
            Kind = Conventions.FromWord<CommitmentKind>(row.GetString(2)),
            Cycle = row.GetInt32(3),
            State = Conventions.FromWord<CommitmentState>(row.GetString(4)),
            Term = LedgerJson.ReadTerm(row.GetString(9)),
            Reopening = row.GetBoolean(10),
            StartedAt = row.GetDateTime(11).ToInstant(),
            DueAt = row.At(12),
            PromisedAt = row.At(13),
            ToldAt = row.At(14),
            LapsedAt = row.At(15),
            FulfilledAt = row.At(16),
            EndedAt = row.At(17),
            ReopenedAt = row.At(18),
            Used = row.Length(19),
            Renewals = row.GetInt32(20),
            RenewalsSinceHuman = row.GetInt32(21),
            Reason = row.Text(22),
            Words = row.Text(23),
            Pauses = LedgerJson.ReadPauses(row.GetString(24)),
            PromiseRemainder = row.Length(25),
            OwesRecovery = row.GetBoolean(26),
        });
    }

    private static (Promise, LedgerEntry) Promise(NpgsqlDataReader row) => (
        new Promise
        {
            Number = row.GetInt32(2),
            PromisedAt = row.GetDateTime(3).ToInstant(),
            MadeAt = row.GetDateTime(4).ToInstant(),
            MadeBy = Conventions.FromWord<PromiseMaker>(row.GetString(5)),
            Reason = row.Text(8),
            Outcome = Conventions.FromWord<PromiseOutcome>(row.GetString(9)),
            EndedAt = row.At(10),
            FollowUpAt = row.GetDateTime(11).ToInstant(),
            FollowedUpAt = row.At(12),
            Climbed = row.GetInt64(13),
        },
        new LedgerEntry(row.GetGuid(0), row.GetString(6), row.Text(7), row.Text(14)));
}

/// <summary>A commitment as it was read, with the names of its parts.</summary>
internal sealed record StoredCommitment(Guid Id, Commitment Commitment, IReadOnlyList<LedgerEntry> Entries);
