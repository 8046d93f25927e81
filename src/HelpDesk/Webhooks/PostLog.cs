using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>What became of an event under a lease.</summary>
/// <param name="Result">Null: it was not tried, and is given back.</param>
/// <param name="NextAttemptAt">Null where there will be none.</param>
internal sealed record PostOutcome(
    Guid Webhook, long Lane, long Sequence, Guid Lease, string Url, Instant At, Duration Took, PostResult? Result, Instant? NextAttemptAt)
{
    public WebhookDeliveryState State =>
        Result?.IsTaken == true ? WebhookDeliveryState.Delivered : NextAttemptAt is null ? WebhookDeliveryState.Failed : WebhookDeliveryState.Pending;
}

/// <summary>
/// Writes down what became of posts, in groups: whatever comes while one group is being written is the next. What was taken must be recorded even where the
/// database is away just then, or it is posted again.
/// </summary>
internal sealed partial class PostLog(NpgsqlDataSource database, TimeProvider machine, ILogger<PostLog> log)
{
    private const int MostAtOnce = 1_000;
    private static readonly Duration Patience = WebhookClaim.Duration + Duration.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly Lock gate = new();
    private readonly Queue<Entry> waiting = new();
    private bool isWriting;

    /// <summary>Completes once it is on disk, or given up.</summary>
    public Task Record(PostOutcome outcome)
    {
        var entry = new Entry(outcome, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            waiting.Enqueue(entry);
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
            var group = new List<Entry>();
            lock (gate)
            {
                while (group.Count < MostAtOnce && waiting.TryDequeue(out var next)) group.Add(next);
                if (group.Count == 0)
                {
                    isWriting = false;
                    return;
                }
            }

            await Write(group);
            foreach (var entry in group) entry.Written.TrySetResult();
        }
    }

    // Not cancelled by a stop: what was taken must be written down.
    private async Task Write(IReadOnlyList<Entry> group)
    {
        var start = machine.GetTimestamp();
        while (true)
        {
            try
            {
                await WriteOnce([.. group.Select(entry => entry.Outcome)]);
                return;
            }
            catch (Exception error) when (MayPass(error) && Duration.FromTimeSpan(machine.GetElapsedTime(start)) < Patience)
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
                LogLost(error, group[0].Outcome.Sequence, group[0].Outcome.Webhook);
                return;
            }
        }
    }

    private static bool MayPass(Exception error) => DatabaseAway.Caused(error) || error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    private async Task WriteOnce(IReadOnlyList<PostOutcome> group)
    {
        await using var batch = database.CreateBatch();
        var tried = group.Where(outcome => outcome.Result is not null).ToList();
        var (taken, failed, released) = (tried.Where(outcome => outcome.Result!.IsTaken).ToList(), tried.Where(outcome => !outcome.Result!.IsTaken).ToList(), group.Where(outcome => outcome.Result is null).ToList());
        if (tried.Count > 0) Tell(batch, tried);
        if (failed.Count > 0) HoldLanes(batch, failed);
        if (released.Count > 0) Release(batch, released);
        if (failed.Count > 0) NoteFailing(batch, failed);
        if (taken.Count > 0) NoteTaken(batch, taken);
        await batch.ExecuteNonQueryAsync();
    }

    private static void Tell(NpgsqlBatch batch, IReadOnlyList<PostOutcome> tried)
    {
        var command = new NpgsqlBatchCommand(
            """
            with told as (
                update webhook_deliveries d set
                    state = o.state, attempts = d.attempts + 1, tries = d.tries + 1, lease_id = null, leased_until = null,
                    first_failed_at = case when o.error is null then d.first_failed_at else coalesce(d.first_failed_at, o.ended_at) end,
                    next_attempt_at = coalesce(o.next_attempt_at, d.next_attempt_at), ended_at = case when o.state <> 'pending' then o.ended_at end
                from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                    as o (webhook_id, event_sequence, lease_id, state, at, ended_at, took, url, status, answer, error, next_attempt_at)
                where d.webhook_id = o.webhook_id and d.event_sequence = o.event_sequence and d.lease_id = o.lease_id and d.state = 'pending'
                returning d.webhook_id, d.event_sequence, d.tries, o.at, o.took, o.url, o.status, o.answer, o.error)
            insert into webhook_attempts (webhook_id, event_sequence, number, at, took, url, status, answer, error) select * from told
            """);
        new Columns<PostOutcome>(command.Parameters, tried)
            .Uuid(outcome => outcome.Webhook)
            .Bigint(outcome => outcome.Sequence)
            .Uuid(outcome => outcome.Lease)
            .Text(outcome => outcome.State.Word())
            .Instant(outcome => outcome.At)
            .Instant(outcome => outcome.At + outcome.Took)
            .Bigint(outcome => outcome.Took.ToMicroseconds())
            .Text(outcome => outcome.Url)
            .Integer(outcome => outcome.Result!.Status)
            .Text(outcome => outcome.Result!.Answer)
            .Text(outcome => outcome.Result!.Error)
            .Instant(outcome => outcome.NextAttemptAt);
        batch.BatchCommands.Add(command);
    }

    /// <summary>What follows a failed one of its ticket waits as long as that, and is given back. Looking for what is due then does not meet it again and again.</summary>
    private static void HoldLanes(NpgsqlBatch batch, IReadOnlyList<PostOutcome> failed)
    {
        var command = new NpgsqlBatchCommand(
            """
            update webhook_deliveries d set next_attempt_at = greatest(d.next_attempt_at, f.next_attempt_at), lease_id = null, leased_until = null
            from unnest($1, $2, $3, $4, $5) as f (webhook_id, lane, event_sequence, lease_id, next_attempt_at)
            where d.webhook_id = f.webhook_id and d.lane = f.lane and d.state = 'pending' and d.event_sequence > f.event_sequence
                and (d.lease_id = f.lease_id or (d.lease_id is null and d.next_attempt_at < f.next_attempt_at))
            """);
        new Columns<PostOutcome>(command.Parameters, failed)
            .Uuid(outcome => outcome.Webhook).Bigint(outcome => outcome.Lane).Bigint(outcome => outcome.Sequence).Uuid(outcome => outcome.Lease).Instant(outcome => outcome.NextAttemptAt);
        batch.BatchCommands.Add(command);
    }

    /// <summary>The one and all that follow it of its ticket.</summary>
    private static void Release(NpgsqlBatch batch, IReadOnlyList<PostOutcome> released)
    {
        var command = new NpgsqlBatchCommand(
            """
            update webhook_deliveries d set lease_id = null, leased_until = null from unnest($1, $2, $3, $4) as r (webhook_id, lane, event_sequence, lease_id)
            where d.webhook_id = r.webhook_id and d.lane = r.lane and d.state = 'pending' and d.event_sequence >= r.event_sequence and d.lease_id = r.lease_id
            """);
        new Columns<PostOutcome>(command.Parameters, released)
            .Uuid(outcome => outcome.Webhook).Bigint(outcome => outcome.Lane).Bigint(outcome => outcome.Sequence).Uuid(outcome => outcome.Lease);
        batch.BatchCommands.Add(command);
    }

    private static void NoteFailing(NpgsqlBatch batch, IReadOnlyList<PostOutcome> failed)
    {
        var command = new NpgsqlBatchCommand(
            """
            update webhook_progress p set failing_since = f.at from (select webhook_id, min(at) as at from unnest($1, $2) as one (webhook_id, at) group by webhook_id) f
            where p.webhook_id = f.webhook_id and p.failing_since is null
            """);
        new Columns<PostOutcome>(command.Parameters, failed).Uuid(outcome => outcome.Webhook).Instant(outcome => outcome.At);
        batch.BatchCommands.Add(command);
    }

    /// <summary>To about five seconds, so that a busy webhook is not written all the time.</summary>
    private static void NoteTaken(NpgsqlBatch batch, IReadOnlyList<PostOutcome> taken)
    {
        var command = new NpgsqlBatchCommand(
            """
            update webhook_progress p set failing_since = null, last_delivered_at = t.at from (select webhook_id, max(at) as at from unnest($1, $2) as one (webhook_id, at) group by webhook_id) t
            where p.webhook_id = t.webhook_id and (p.failing_since is not null or p.last_delivered_at is null or p.last_delivered_at < t.at - interval '5 seconds')
            """);
        new Columns<PostOutcome>(command.Parameters, taken).Uuid(outcome => outcome.Webhook).Instant(outcome => outcome.At + outcome.Took);
        batch.BatchCommands.Add(command);
    }

    [LoggerMessage(2103, LogLevel.Error, "What became of event {Event} for webhook {Webhook} could not be recorded: it is posted again, under the same webhook-id")]
    private partial void LogLost(Exception error, long @event, Guid webhook);

    private sealed record Entry(PostOutcome Outcome, TaskCompletionSource Written);
}
