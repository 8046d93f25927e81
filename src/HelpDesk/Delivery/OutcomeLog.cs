using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// Writes down what became of messages, in groups: whatever comes while one group is being written is the next. A message that has been handed over must be
/// recorded even where the database is away just then, or it would be handed over again: recording is tried again for as long as the lease can still be ours.
/// </summary>
internal sealed partial class OutcomeLog(NpgsqlDataSource database, TimeProvider machine, ILogger<OutcomeLog> log)
{
    /// <summary>How long a group is tried to be written: past the lease, for as long as the database is away nobody else can take a message up.</summary>
    public static readonly Duration Patience = DeliveryClaim.Lease + Duration.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly Lock gate = new();
    private List<Entry> waiting = [];
    private bool isWriting;

    /// <summary>Completes once it is on disk: false where another sender has taken the message up since, or somebody has ended it.</summary>
    public Task<bool> Record(Outcome outcome) => Add(new(outcome.Id, outcome.Lease, outcome));

    /// <summary>Gives back what was claimed and not tried: it costs no attempt.</summary>
    public Task<bool> Release(Guid id, Guid lease) => Add(new(id, lease, null));

    private Task<bool> Add(Entry entry)
    {
        lock (gate)
        {
            waiting.Add(entry);
            if (isWriting) return entry.Written.Task;
            isWriting = true;
        }

        _ = Task.Run(WriteAll);
        return entry.Written.Task;
    }

    private async Task WriteAll()
    {
        while (true)
        {
            List<Entry> group;
            lock (gate)
            {
                (group, waiting) = (waiting, []);
                if (group.Count == 0)
                {
                    isWriting = false;
                    return;
                }
            }

            await Write(group);
        }
    }

    // Not cancelled by a stop: what has been handed over must be written down.
    private async Task Write(List<Entry> group)
    {
        var start = machine.GetTimestamp();
        while (true)
        {
            try
            {
                var recorded = await WriteOnce(group);
                foreach (var entry in group) entry.Written.SetResult(recorded.Contains(entry.Id));
                return;
            }
            catch (Exception error) when (DatabaseAway.Caused(error) && Duration.FromTimeSpan(machine.GetElapsedTime(start)) < Patience)
            {
                await Task.Delay(Pause, machine);
            }
            catch (Exception) when (group.Count > 1)
            {
                // Whichever it was that cannot be written, the others can.
                foreach (var entry in group) await Write([entry]);
                return;
            }
            catch (Exception error)
            {
                LogLost(error, group.Count);
                foreach (var entry in group) entry.Written.SetException(error);
                return;
            }
        }
    }

    private async Task<HashSet<Guid>> WriteOnce(List<Entry> group)
    {
        await using var batch = database.CreateBatch();
        var outcomes = group.Select(entry => entry.Outcome).OfType<Outcome>().ToList();
        var released = group.Where(entry => entry.Outcome is null).ToList();
        if (outcomes.Count > 0) Append(batch, outcomes);
        if (released.Count > 0) Append(batch, released);
        var written = new HashSet<Guid>();
        await using var rows = await batch.ExecuteReaderAsync();
        do
        {
            while (await rows.ReadAsync()) written.Add(rows.GetGuid(0));
        }
        while (await rows.NextResultAsync());
        return written;
    }

    /// <summary>Stopped while a sender had it: what tells of no promise expires by nothing else. Whoever gives it back ends it.</summary>
    private const string IsStopped = "(d.expires_at is not null and d.kind not in ('follow_up', 'recovery'))";

    private static void Append(NpgsqlBatch batch, List<Outcome> outcomes)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            with told as (
                update deliveries d set
                    state = case when o.next_attempt_at is not null and {IsStopped} then 'withdrawn' when o.outcome in ('unreachable', 'late') then 'failed' else o.outcome end,
                    sent_at = case o.outcome when 'sent' then o.ended_at end,
                    ended_at = case when o.next_attempt_at is null or {IsStopped} then o.ended_at end,
                    due_at = case when o.next_attempt_at is null then d.due_at else coalesce(d.due_at, d.next_attempt_at) end,
                    refused_since = case o.outcome when 'failed' then coalesce(d.refused_since, o.ended_at) else d.refused_since end,
                    next_attempt_at = coalesce(o.next_attempt_at, d.next_attempt_at),
                    attempts = d.attempts + case o.outcome when 'unreachable' then 0 else 1 end,
                    tries = d.tries + 1, last_error = case when o.outcome <> 'sent' then o.words end, lease_id = null, leased_until = null
                from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as o (id, lease_id, outcome, at, ended_at, took, server, words, next_attempt_at)
                where d.id = o.id and d.lease_id = o.lease_id and d.state in ('queued', 'failed')
                returning d.id, d.tries, o.at, o.took, o.server, o.outcome, o.words)
            insert into delivery_attempts (delivery_id, number, at, took, server, outcome, words) select * from told returning delivery_id
            """);
        new Columns<Outcome>(command.Parameters, outcomes)
            .Uuid(outcome => outcome.Id)
            .Uuid(outcome => outcome.Lease)
            .Text(outcome => outcome.What.Word())
            .Instant(outcome => outcome.At)
            .Instant(outcome => outcome.EndedAt)
            .Bigint(outcome => outcome.Took.ToMicroseconds())
            .Text(outcome => outcome.Server)
            .Text(outcome => outcome.Words)
            .Instant(outcome => outcome.NextAttemptAt);
        batch.BatchCommands.Add(command);
    }

    private static void Append(NpgsqlBatch batch, List<Entry> released)
    {
        var command = new NpgsqlBatchCommand(
            $"""
            update deliveries d set lease_id = null, leased_until = null,
                state = case when {IsStopped} then 'withdrawn' else d.state end, ended_at = case when {IsStopped} then d.expires_at else d.ended_at end
            from unnest($1, $2) as r (id, lease_id)
            where d.id = r.id and d.lease_id = r.lease_id and d.state in ('queued', 'failed') returning d.id
            """);
        new Columns<Entry>(command.Parameters, released).Uuid(entry => entry.Id).Uuid(entry => entry.Lease);
        batch.BatchCommands.Add(command);
    }

    [LoggerMessage(2007, LogLevel.Error, "What became of {Count} messages could not be recorded: those that were handed over are handed over again, under the same Message-ID")]
    private partial void LogLost(Exception error, int count);

    private sealed record Entry(Guid Id, Guid Lease, Outcome? Outcome)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What one attempt came to.</summary>
/// <param name="Id">The delivery's.</param>
/// <param name="Lease">Under which it was tried.</param>
/// <param name="What">What became of it.</param>
/// <param name="At">When it began, business time.</param>
/// <param name="EndedAt">When it ended, business time.</param>
/// <param name="Took">Machine time.</param>
/// <param name="Server">With whom.</param>
/// <param name="Words">The server's words, if it said any.</param>
/// <param name="NextAttemptAt">Null where there will be none.</param>
internal sealed record Outcome(
    Guid Id, Guid Lease, AttemptOutcome What, Instant At, Instant EndedAt, Duration Took, string Server, string? Words, Instant? NextAttemptAt);
