using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Events.Feed;

/// <summary>What a reader wants of the feed.</summary>
/// <param name="Types">Names of types; null for every type there is.</param>
/// <param name="Queues">Only events of tickets that lie in these queues now; null for all events.</param>
/// <param name="NeedsQueue">Whether the ticket's queue is asked for.</param>
internal sealed record FeedWish(string[]? Types, string[]? Queues, bool NeedsQueue)
{
    public static FeedWish All { get; } = new(null, null, true);

    public FeedWish(string[]? types, string[]? queues)
        : this(types, queues, queues is not null)
    {
    }
}

/// <summary>A part of the feed.</summary>
/// <param name="Next">The cursor after it.</param>
/// <param name="HasMore">Whether the round goes on.</param>
internal sealed record FeedPart(IReadOnlyList<FeedRow> Rows, FeedCursor Next, bool HasMore)
{
    /// <summary>The cursor after one of its events.</summary>
    /// <param name="before">The cursor that the part was read from.</param>
    public FeedCursor CursorAfter(FeedRow row, FeedCursor before) =>
        (Next.Round is null ? before with { Round = Next.Seen, NextLow = Next.Low } : Next) with { Last = row.Sequence };
}

/// <summary>
/// Reads the log of events so that nothing is ever skipped or told twice, however transactions overlap: by what PostgreSQL says that each of them could see,
/// see <see cref="FeedCursor"/>. One statement a part, over the primary key.
/// </summary>
internal sealed class FeedReader(NpgsqlDataSource database, FeedEra eras, TimeProvider machine)
{
    /// <summary>So many events are looked at for a part at most: one who wants few of them gets an empty part and goes on.</summary>
    private const int Window = 50_000;

    /// <summary>So many events may lie between where looking begins and the end of the log.</summary>
    private const int Lead = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    // The highest sequence is read after the snapshot was taken: whatever that can see lies below.
    private string Begin =>
        $"""
        with now as materialized (
            select pg_current_snapshot() as fresh, coalesce($1::text::pg_snapshot, pg_current_snapshot()) as snapshot, $4::text::pg_snapshot as seen,
                (select case when is_called then last_value else last_value - 1 end from events_sequence_seq) as top,
                {eras.Known} as era)
        select now.fresh::text, now.top, now.era, case when $8 then pg_current_xact_id() end::text, (select min(sequence) from events where sequence > $3),
            e.sequence, e.type, e.at, e.actor, e.request_id, e.ticket_id, e.commitment_id, e.promise_id, e.data::text, e.queue
        from now left join lateral (
        """;

    private const string End =
        """
            where e.sequence > $2 and e.sequence <= least($3, now.top)
                and pg_visible_in_snapshot(e.transaction, now.snapshot) and not pg_visible_in_snapshot(e.transaction, now.seen)
                and ($5::text[] is null or e.type = any ($5)) and ($6::text[] is null or queue = any ($6))
            order by e.sequence limit $7) e on true
        order by e.sequence
        """;

    private string WithoutQueues => $"{Begin} select e.*, null::text as queue from events e cross join (values (null::text)) none (queue) {End}";
    private string WithQueues => $"{Begin} select e.*, t.queue from events e left join tickets t on t.id = e.ticket_id {End}";

    private readonly Lock gate = new();
    private Foot foot = new(0, Snapshot.Nothing, null, null);
    private long turn;

    /// <summary>Where looking can begin, for whoever has seen <paramref name="From"/> or later.</summary>
    /// <param name="Low">What is not over in <paramref name="From"/>, or in a later one, has a higher sequence; null when that is not known yet.</param>
    private sealed record Foot(int Era, Snapshot From, long? Low, Step? Next);

    /// <summary>What is to become low.</summary>
    /// <param name="Top">A sequence that was seen,</param>
    /// <param name="Turn">when that was,</param>
    /// <param name="After">and a transaction that began after it: when all before that are over, none is left that may write at or below it.</param>
    private sealed record Step(long Top, long Turn, ulong? After);

    /// <summary>The cursor before the first event.</summary>
    public async Task<FeedCursor> Start(CancellationToken cancel) => FeedCursor.Start((await Look(cancel)).Era);

    /// <summary>The cursor of this moment, after all that is committed.</summary>
    public async Task<FeedCursor> Now(CancellationToken cancel)
    {
        var begun = machine.GetTimestamp();
        // Until whoever was writing when this began is done, it is not known where looking can begin; whoever takes long to write makes the first look a long one.
        while (true)
        {
            var cursor = await Look(cancel);
            if (Low(cursor.Era, cursor.Seen) is not null || machine.GetElapsedTime(begun) >= Patience) return cursor;
            await Task.Delay(Pause, machine, cancel);
        }
    }

    /// <summary>The same within the request's transaction, where it has one: over its connection, and without waiting for those who write, of whom it is one.</summary>
    public async Task<FeedCursor> Here(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand($"select pg_current_snapshot()::text, {eras.Known}");
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var now = Snapshot.Parse(row.GetString(0));
        var era = await Era(row, 1, cancel);
        return new(era, now, Low(era, now) ?? 0);
    }

    /// <summary>The next events after a cursor.</summary>
    /// <param name="upTo">Another reader's cursor between two rounds: no further than that; null for all that is now.</param>
    /// <exception cref="Refusal">410: the cursor is of another time of the database than this.</exception>
    public async Task<FeedPart> Read(FeedCursor cursor, FeedWish wish, int most, CancellationToken cancel, FeedCursor? upTo = null)
    {
        var from = Math.Max(cursor.Low, cursor.Last);
        var part = await Look(cursor, wish, from, most, upTo, cancel);
        if (part.Rows.Count == most || part.Next.Last - from <= 2 * Window) return part;
        // Sequences leap after a restore, and pages do not end there.
        var rest = await Read(part.Next, wish, most - part.Rows.Count, cancel, upTo);
        var isOver = rest.Next.Round is null && cursor.Round is null && upTo is null;
        return new([.. part.Rows, .. rest.Rows], rest.Next, rest.HasMore && !isOver);
    }

    private async Task<FeedPart> Look(FeedCursor cursor, FeedWish wish, long from, int most, FeedCursor? upTo, CancellationToken cancel)
    {
        var end = from + Window;
        var (wantsNumber, asked) = Ask();
        await using var command = database.CreateCommand(wish.NeedsQueue ? WithQueues : WithoutQueues);
        new Values(command.Parameters).Text((cursor.Round ?? upTo?.Seen)?.ToString()).Bigint(from).Bigint(end).Text(cursor.Seen.ToString()).Texts(wish.Types).Texts(wish.Queues).Integer(most);
        command.Parameters.AddWithValue(wantsNumber);
        var rows = new List<FeedRow>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (now, top, era) = (Snapshot.Parse(reader.GetString(0)), reader.GetInt64(1), await Era(reader, 2, cancel));
        var (begun, beyond) = (reader.Text(3), reader.IsDBNull(4) ? (long?)null : reader.GetInt64(4));
        if (cursor.Era != era || !cursor.Seen.IsWithin(now) || cursor.Round?.IsWithin(now) == false || Math.Max(from, cursor.NextLow) > top) throw Gone();
        do
        {
            if (!reader.IsDBNull(5)) rows.Add(Row(reader));
        }
        while (await reader.ReadAsync(cancel));
        Saw(era, now, top, asked, begun);
        var round = cursor.Round is not null ? cursor
            : upTo is not null ? cursor with { Round = upTo.Seen, NextLow = Math.Max(cursor.Low, upTo.Low) }
            : cursor with { Round = now, NextLow = Math.Max(cursor.Low, Low(era, now) ?? 0) };
        if (rows.Count == most) return new(rows, round with { Last = rows[^1].Sequence }, true);
        if (beyond is { } next) return new(rows, round with { Last = next - 1 }, true);
        return new(rows, round.AtEndOfRound(), !round.Round!.Equals(upTo?.Seen ?? now));
    }

    public static FeedCursor Parse(string text, string member) =>
        FeedCursor.TryParse(text) ?? throw Refusal.Invalid(member, "must be a cursor of this feed, as it was answered");

    private static Refusal Gone() => new(
        StatusCodes.Status410Gone, "cursor-gone", "The cursor leads nowhere",
        "It is of a time that this database does not know: it was restored from a backup since, or a standby has taken its place. Begin again without one, and take events whose id is known as known.");

    private async Task<FeedCursor> Look(CancellationToken cancel)
    {
        var (wantsNumber, asked) = Ask();
        await using var command = database.CreateCommand(
            $"""
            select pg_current_snapshot()::text, (select case when is_called then last_value else last_value - 1 end from events_sequence_seq), {eras.Known},
                case when $1 then pg_current_xact_id() end::text
            """);
        command.Parameters.AddWithValue(wantsNumber);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var now = Snapshot.Parse(row.GetString(0));
        var era = await Era(row, 2, cancel);
        Saw(era, now, row.GetInt64(1), asked, row.Text(3));
        return new(era, now, Low(era, now) ?? 0);
    }

    private async Task<int> Era(NpgsqlDataReader row, int column, CancellationToken cancel) => row.IsDBNull(column) ? await eras.Settle(cancel) : row.GetInt32(column);

    /// <summary>Null: not known yet.</summary>
    private long? Low(int era, Snapshot seen) => Volatile.Read(ref foot) is var known && known.Era == era && known.From.IsWithin(seen) ? known.Low : null;

    /// <summary>Whether a transaction's number is of use, which costs one; and when it is asked for.</summary>
    private (bool WantsNumber, long Asked) Ask() => (Volatile.Read(ref foot).Next is { After: null }, Interlocked.Increment(ref turn));

    /// <summary>
    /// Whoever writes an event has a transaction's number before its sequence. So when a sequence was seen, all transactions that may still write at or below it have
    /// lower numbers than one that begins now. (A snapshot's highest number will not do: it tells of those that are over, not of those that have begun.)
    /// </summary>
    private void Saw(int era, Snapshot now, long top, long asked, string? begun)
    {
        lock (gate)
        {
            if (foot.Era != era) foot = new(era, Snapshot.Nothing, null, null);
            // Of two at once the later has the word.
            if (!foot.From.IsWithin(now)) return;
            var next = foot.Next;
            if (next is null && (foot.Low is null || top - foot.Low > Lead)) next = new(top, Interlocked.Increment(ref turn), null);
            else if (next is { After: null } && begun is not null && asked > next.Turn) next = next with { After = Snapshot.Number(begun) };
            Volatile.Write(ref foot, now.Min >= next?.After ? new(era, now, next.Top, null) : foot with { Next = next });
        }
    }

    private static FeedRow Row(NpgsqlDataReader row) => new(
        row.GetInt64(5), row.GetString(6), row.GetDateTime(7).ToInstant(), row.GetString(8), row.Text(9), row.IsDBNull(10) ? null : row.GetInt64(10),
        row.IsDBNull(11) ? null : row.GetGuid(11), row.IsDBNull(12) ? null : row.GetGuid(12), row.GetString(13), row.Text(14));
}
