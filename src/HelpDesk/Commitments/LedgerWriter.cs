using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Commitments;

/// <summary>Writes what has changed in the ledgers of one or many tickets: a fixed handful of commands, however many tickets.</summary>
internal static class LedgerWriter
{
    /// <param name="before">Events of the same cause that come before what the clocks did.</param>
    public static void Append(NpgsqlBatch batch, IReadOnlyList<Ledger> ledgers, string actor, string? requestId, IReadOnlyList<NewEvent>? before = null)
    {
        AppendRows(batch, ledgers);
        EventLog.Append(batch, [.. before ?? [], .. ledgers.SelectMany(ledger => ledger.News.Select(change => ToEvent(ledger, change, actor, requestId)))]);
    }

    /// <summary>Commitments and promises alone: of a past that is not the desk's own, the log does not tell as if it happened now.</summary>
    public static void AppendRows(NpgsqlBatch batch, IReadOnlyList<Ledger> ledgers)
    {
        var commitments = ledgers.SelectMany(ledger => ledger.ChangedCommitments().Select(commitment => new CommitmentToWrite(ledger, commitment))).ToList();
        var promises = ledgers.SelectMany(ledger => ledger.ChangedPromises().Select(pair => new PromiseToWrite(ledger, pair.Commitment, pair.Promise))).ToList();
        var (standing, fresh) = Parted(commitments, row => row.IsStored);
        Append(batch, ChangeCommitments, standing);
        Append(batch, InsertCommitments, fresh);
        // Never two that stand at once: what has ended goes first, new ones last.
        var (known, made) = Parted(promises, row => row.IsStored);
        var (open, ended) = Parted(known, row => row.Promise.Outcome == PromiseOutcome.Open);
        Append(batch, ChangePromises, ended);
        Append(batch, ChangePromises, open);
        Append(batch, InsertPromises, made);
    }

    private const string CommitmentColumns =
        """
        (id, ticket_id, kind, cycle, state, policy_id, policy_version, calendar_id, calendar_version, term, reopening,
            started_at, due_at, promised_at, told_at, follow_up_at, wake_at, lapsed_at, fulfilled_at, ended_at, reopened_at,
            used, renewals, renewals_since_human, reason, words, pauses, promise_remainder, owes_recovery)
        """;

    private const string Commitments =
        "unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)";

    private const string InsertCommitments = $"insert into commitments {CommitmentColumns} select * from {Commitments}";

    private const string ChangeCommitments =
        $"""
        update commitments c set
            ticket_id = n.ticket_id, kind = n.kind, cycle = n.cycle, state = n.state, policy_id = n.policy_id, policy_version = n.policy_version, calendar_id = n.calendar_id,
            calendar_version = n.calendar_version, term = n.term, due_at = n.due_at, promised_at = n.promised_at,
            told_at = n.told_at, follow_up_at = n.follow_up_at, wake_at = n.wake_at, lapsed_at = n.lapsed_at,
            fulfilled_at = n.fulfilled_at, ended_at = n.ended_at, reopened_at = n.reopened_at, used = n.used,
            renewals = n.renewals, renewals_since_human = n.renewals_since_human, reason = n.reason,
            pauses = n.pauses, promise_remainder = n.promise_remainder, owes_recovery = n.owes_recovery
        from {Commitments} as n {CommitmentColumns}
        where c.id = n.id
        """;

    private const string PromiseColumns =
        """
        (id, commitment_id, ticket_id, number, promised_at, made_at, made_by, words, told_via, reason, outcome, ended_at, follow_up_at, followed_up_at, climbed, why)
        """;

    private const string Promises = "unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    private const string InsertPromises = $"insert into promises {PromiseColumns} select * from {Promises}";

    private const string ChangePromises =
        $"""
        update promises p set
            ticket_id = n.ticket_id, outcome = n.outcome, ended_at = n.ended_at, follow_up_at = n.follow_up_at, followed_up_at = n.followed_up_at, climbed = n.climbed
        from {Promises} as n {PromiseColumns}
        where p.id = n.id
        """;

    private static (List<T> Those, List<T> Others) Parted<T>(List<T> rows, Predicate<T> isOne) => (rows.FindAll(isOne), rows.FindAll(row => !isOne(row)));

    private static void Append(NpgsqlBatch batch, string sql, List<CommitmentToWrite> rows)
    {
        if (rows.Count == 0) return;
        var command = new NpgsqlBatchCommand(sql);
        new Columns<CommitmentToWrite>(command.Parameters, rows)
            .Uuid(row => row.Id)
            .Bigint(row => row.TicketId)
            .Text(row => row.Commitment.Kind.Word())
            .Integer(row => row.Commitment.Cycle)
            .Text(row => row.Commitment.State.Word())
            .Uuid(row => row.Rules?.PolicyId)
            .Integer(row => row.Rules?.PolicyVersion)
            .Uuid(row => row.Rules?.CalendarId)
            .Integer(row => row.Rules?.CalendarVersion)
            .Json(row => LedgerJson.Write(row.Commitment.Term))
            .Boolean(row => row.Commitment.Reopening)
            .Instant(row => row.Commitment.StartedAt)
            .Instant(row => row.Commitment.DueAt)
            .Instant(row => row.Commitment.PromisedAt)
            .Instant(row => row.Commitment.ToldAt)
            .Instant(row => row.Commitment.FollowUpAt)
            .Instant(row => row.Commitment.WakeAt)
            .Instant(row => row.Commitment.LapsedAt)
            .Instant(row => row.Commitment.FulfilledAt)
            .Instant(row => row.Commitment.EndedAt)
            .Instant(row => row.Commitment.ReopenedAt)
            .Bigint(row => row.Commitment.Used?.ToMicroseconds())
            .Integer(row => row.Commitment.Renewals)
            .Integer(row => row.Commitment.RenewalsSinceHuman)
            .Text(row => row.Commitment.Reason)
            .Text(row => row.Commitment.Words)
            .Json(row => LedgerJson.Write(row.Commitment.Pauses))
            .Bigint(row => row.Commitment.PromiseRemainder?.ToMicroseconds())
            .Boolean(row => row.Commitment.OwesRecovery);
        batch.BatchCommands.Add(command);
    }

    private static void Append(NpgsqlBatch batch, string sql, List<PromiseToWrite> rows)
    {
        if (rows.Count == 0) return;
        var command = new NpgsqlBatchCommand(sql);
        new Columns<PromiseToWrite>(command.Parameters, rows)
            .Uuid(row => row.Id)
            .Uuid(row => row.Ledger.IdOf(row.Commitment))
            .Bigint(row => row.Ledger.TicketId)
            .Integer(row => row.Promise.Number)
            .Instant(row => row.Promise.PromisedAt)
            .Instant(row => row.Promise.MadeAt)
            .Text(row => row.Promise.MadeBy.Word())
            .Text(row => row.Ledger.WordsOf(row.Commitment, row.Promise))
            .Text(row => row.Ledger.ToldVia(row.Commitment, row.Promise))
            .Text(row => row.Promise.Reason)
            .Text(row => row.Promise.Outcome.Word())
            .Instant(row => row.Promise.EndedAt)
            .Instant(row => row.Promise.FollowUpAt)
            .Instant(row => row.Promise.FollowedUpAt)
            .Bigint(row => row.Promise.Climbed)
            .Text(row => row.Ledger.WhyOf(row.Commitment, row.Promise));
        batch.BatchCommands.Add(command);
    }

    private static NewEvent ToEvent(Ledger ledger, ClockChange change, string actor, string? requestId) => change.ToEvent(
        ledger.TicketId,
        ledger.IdOf(change.Kind, change.Cycle),
        change.Promise is { } number ? ledger.IdOf(change.Kind, change.Cycle, number) : null,
        actor,
        requestId);

    private readonly record struct PromiseToWrite(Ledger Ledger, Commitment Commitment, Promise Promise)
    {
        public Guid Id => Ledger.IdOf(Commitment, Promise);

        public bool IsStored => Ledger.IsStored(Id);
    }

    private sealed class CommitmentToWrite(Ledger ledger, Commitment commitment)
    {
        public Guid Id { get; } = ledger.IdOf(commitment);

        public bool IsStored => ledger.IsStored(Id);

        public long TicketId { get; } = ledger.TicketId;

        public Commitment Commitment { get; } = commitment;

        public RulesKey? Rules { get; } = commitment.Rules is { } rules ? RulesKey.Parse(rules.Id) : null;
    }
}
