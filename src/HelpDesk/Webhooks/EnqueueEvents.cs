using HelpDesk.Database;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>An event about to be queued for a webhook.</summary>
internal sealed record NewDelivery(long Sequence, string Type, long? TicketId)
{
    public Guid Id { get; init; }
}

/// <summary>
/// Reads the feed on for each webhook, with a cursor of its own. What is queued and how far the reading has come commit together: each event is queued once, however servers
/// die. One server at a time reads for a webhook; another passes it over.
/// </summary>
internal sealed partial class EnqueueEvents(NpgsqlDataSource database, CommitMark marks, FeedReader feed, WebhookBell bell, TimeProvider machine, ILogger<EnqueueEvents> log)
{
    private const int AtOnce = 2_000;

    /// <summary>A cursor that would only move past events that were not wanted is kept until so many lie behind it: they are passed over anew, which costs less than writing.</summary>
    private const long Lag = 2_000;

    private static readonly Duration Cadence = Duration.FromMilliseconds(250);
    private string? quiet;
    private volatile bool isHeard;
    private long uncounted;
    private long countAt = 1_000;

    /// <returns>How many were queued, or more than none where the feed goes on: call again while it answers more than zero.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        var mark = await marks.ReadNow(cancel);
        if (mark == quiet) return 0;
        var done = 0;
        var webhooks = await Webhooks(cancel);
        isHeard = webhooks.Length > 0;
        foreach (var id in webhooks) done += await Next(id, cancel);
        quiet = done == 0 ? mark : null;
        if (done > 0) bell.Ring();
        if ((uncounted += done) >= countAt) await Count(cancel);
        return done;
    }

    /// <summary>A quarter of a second later where somebody listens; null where nobody does.</summary>
    public Instant? NextLook(Instant now) => isHeard ? now + Cadence : null;

    /// <summary>So that claims are planned for what is there: after a burst, the database's own counting would come a minute late.</summary>
    private async Task Count(CancellationToken cancel)
    {
        (uncounted, countAt) = (0, Math.Min(countAt * 4, 100_000));
        await using var command = database.CreateCommand("analyze (skip_locked) webhook_deliveries");
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Guid[]> Webhooks(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select array(select id from webhooks where paused_at is null order by id)");
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<int> Next(Guid id, CancellationToken cancel)
    {
        try
        {
            return await ReadOn(id, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException && !DatabaseAway.Caused(error))
        {
            LogFailed(error, id);
            return 0;
        }
    }

    /// <summary>Looks before it holds anything: whoever takes a row's lock takes a transaction's number, and with that ends the rest of all who wait for something to be committed.</summary>
    private async Task<int> ReadOn(Guid id, CancellationToken cancel)
    {
        if (await Look(id, cancel) is not { } seen) return 0;
        var part = await Read(seen, cancel);
        if (IsNothing(part, seen)) return 0;
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (await Hold(transaction.Connection, id, cancel) is not { } reader) return 0;
        if (!reader.IsLike(seen)) part = await Read(reader, cancel);
        if (IsNothing(part, reader)) return 0;
        await using var batch = transaction.Connection.CreateBatch();
        if (part.Rows.Count > 0) batch.BatchCommands.Add(Queued(id, [.. part.Rows.Select(row => new NewDelivery(row.Sequence, row.Type, row.TicketId))], machine.GetCurrentInstant(), Once));
        batch.BatchCommands.Add(new("update webhook_progress set cursor = $2 where webhook_id = $1") { Parameters = { new() { Value = id }, new() { Value = part.Next.ToString() } } });
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return part.Rows.Count + (part.HasMore ? 1 : 0);
    }

    private static bool IsNothing(FeedPart part, Reader reader) =>
        part.Rows.Count == 0 && !part.HasMore && part.Next.Low - reader.Cursor.Low < Lag && part.Next.Era == reader.Cursor.Era;

    private const string Progress =
        """
        select p.cursor, w.types, w.queues from webhook_progress p join webhooks w on w.id = p.webhook_id
        where p.webhook_id = $1 and w.paused_at is null
        """;

    private async Task<Reader?> Look(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Progress);
        return await Reader.Read(command, id, cancel);
    }

    /// <summary>Null: another server reads for it, somebody is changing it, or it was paused or deleted.</summary>
    private static async Task<Reader?> Hold(NpgsqlConnection connection, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"{Progress} for update of p skip locked for key share of w skip locked", connection);
        return await Reader.Read(command, id, cancel);
    }

    private async Task<FeedPart> Read(Reader reader, CancellationToken cancel)
    {
        try
        {
            return await feed.Read(reader.Cursor, reader.Wish, AtOnce, cancel);
        }
        catch (Refusal refused) when (refused.Status == StatusCodes.Status410Gone)
        {
            // The database was restored: what was not surely read before is read again, and what is queued already is passed over.
            return await feed.Read((await feed.Start(cancel)) with { Low = reader.Cursor.Low }, reader.Wish, AtOnce, cancel);
        }
    }

    private const string Once = "on conflict (webhook_id, event_sequence) do nothing";

    /// <param name="conflict">What becomes of one that is there already.</param>
    public static NpgsqlCommand Command(NpgsqlConnection connection, Guid webhook, IReadOnlyList<NewDelivery> deliveries, Instant machineNow, string conflict)
    {
        var command = new NpgsqlCommand(Insert + conflict, connection);
        Fill(command.Parameters, webhook, deliveries, machineNow);
        return command;
    }

    private static NpgsqlBatchCommand Queued(Guid webhook, IReadOnlyList<NewDelivery> deliveries, Instant machineNow, string conflict)
    {
        var command = new NpgsqlBatchCommand(Insert + conflict);
        Fill(command.Parameters, webhook, deliveries, machineNow);
        return command;
    }

    private const string Insert =
        """
        insert into webhook_deliveries (webhook_id, event_sequence, id, event_type, ticket_id, state, attempts, tries, created_at, next_attempt_at)
        select $1, new.*, 'pending', 0, 0, $2, $2 from unnest($3, $4, $5, $6) as new

        """;

    private static void Fill(NpgsqlParameterCollection parameters, Guid webhook, IReadOnlyList<NewDelivery> deliveries, Instant machineNow)
    {
        new Values(parameters).Uuid(webhook).Instant(machineNow);
        new Columns<NewDelivery>(parameters, deliveries)
            .Add(NpgsqlTypes.NpgsqlDbType.Bigint, delivery => delivery.Sequence)
            .Uuid(delivery => delivery.Id == Guid.Empty ? Ids.New(machineNow) : delivery.Id)
            .Text(delivery => delivery.Type)
            .Bigint(delivery => delivery.TicketId);
    }

    [LoggerMessage(2101, LogLevel.Error, "The feed could not be read on for webhook {Webhook}; it is tried again")]
    private partial void LogFailed(Exception error, Guid webhook);

    /// <summary>How far a webhook has come, and what it wants: as they are stored.</summary>
    private sealed record Reader(string Place, string[] Types, string[] Queues)
    {
        public FeedCursor Cursor { get; } = FeedCursor.TryParse(Place) ?? throw new InvalidOperationException("The webhook's cursor is none.");

        public FeedWish Wish { get; } = new(TypeChoice.Names(Types) ?? [], Queues.Length == 0 ? null : Queues);

        public bool IsLike(Reader other) => Place == other.Place && Types.SequenceEqual(other.Types) && Queues.SequenceEqual(other.Queues);

        public static async Task<Reader?> Read(NpgsqlCommand command, Guid id, CancellationToken cancel)
        {
            command.Parameters.AddWithValue(id);
            await using var row = await command.ExecuteReaderAsync(cancel);
            return await row.ReadAsync(cancel) ? new(row.GetString(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2)) : null;
        }
    }
}
