namespace HelpDesk.Reports;

/// <summary>The roll-up in SQL. $1 and $2 of what counts are the desk's zone: from when on which offset holds.</summary>
internal static class RollUpSql
{
    private const string Counts =
        "promises_made, promises_kept, promises_renewed, promises_broken, promises_silent, promises_withdrawn, kept, broken, cancelled, target_met, target_missed";

    /// <summary>Null: nothing that was counted can be built upon.</summary>
    public const string ReadTo =
        "select read_to from performance_progress where zone = $1 and pg_snapshot_xmax(seen) <= pg_snapshot_xmax(pg_current_snapshot())";

    public const string Touched =
        """
        with marked as (delete from performance_marks returning ticket_id)
        select array_agg(ticket_id) from (
            select ticket_id from events
            where sequence > $1 and ticket_id is not null and not pg_visible_in_snapshot(transaction, (select seen from performance_progress))
            union select ticket_id from marked) touched
        """;

    /// <summary>What each commitment adds to each day. A broken promise was told of before it lapsed where its follow-up left: past the cap one leaves without a new promise.</summary>
    private static string Facts(string which) =>
        $"""
        select e.commitment_id, e.day, c.ticket_id, c.kind, t.queue, t.priority, t.channel, c.policy_id,
            sum(made)::integer as promises_made, sum(p_kept)::integer as promises_kept, sum(renewed)::integer as promises_renewed, sum(p_broken)::integer as promises_broken,
            sum(silent)::integer as promises_silent, sum(withdrawn)::integer as promises_withdrawn, sum(e.kept)::integer as kept, sum(e.broken)::integer as broken,
            sum(e.cancelled)::integer as cancelled, sum(met)::integer as target_met, sum(missed)::integer as target_missed, max(e.worked) as worked, max(e.elapsed) as elapsed
        from (
            select p.commitment_id, {Day("p.made_at")} as day, 1 as made, 0 as p_kept, 0 as renewed, 0 as p_broken, 0 as silent, 0 as withdrawn,
                0 as kept, 0 as broken, 0 as cancelled, 0 as met, 0 as missed, null::integer as worked, null::integer as elapsed
            from commitments c join promises p on p.commitment_id = c.id where {which}
            union all
            select p.commitment_id, {Day("p.ended_at")}, 0, (p.outcome = 'kept')::integer, (p.outcome = 'renewed')::integer, (p.outcome = 'broken')::integer,
                (p.outcome = 'broken' and not exists (select from follow_ups f where f.promise_id = p.id and f.delivery_id is not null and f.withdrawn_at is null))::integer,
                (p.outcome = 'withdrawn')::integer, 0, 0, 0, 0, 0, null, null
            from commitments c join promises p on p.commitment_id = c.id where {which} and p.ended_at is not null
            union all
            select p.commitment_id, {Day("min(p.ended_at)")}, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, null, null
            from commitments c join promises p on p.commitment_id = c.id where {which} and p.outcome = 'broken' group by p.commitment_id
            union all
            select c.id, {Day("c.ended_at")}, 0, 0, 0, 0, 0, 0, (c.state = 'kept')::integer, 0, (c.state = 'cancelled')::integer,
                (c.fulfilled_at is not null and c.used <= (c.term ->> 'target')::bigint)::integer, (c.used > (c.term ->> 'target')::bigint)::integer,
                case when c.fulfilled_at is not null and c.kind in ('first_response', 'next_response', 'resolution') then least(c.used / 1000000, 2147483647)::integer end,
                case when c.fulfilled_at is not null and c.kind in ('first_response', 'next_response', 'resolution')
                    then least(floor(extract(epoch from c.fulfilled_at - c.started_at)), 2147483647)::integer end
            from commitments c where {which} and c.ended_at is not null) e
        join commitments c on c.id = e.commitment_id join tickets t on t.id = c.ticket_id
        group by e.commitment_id, e.day, c.ticket_id, c.kind, t.queue, t.priority, t.channel, c.policy_id
        """;

    private static string Day(string at) => $"(({at} at time zone 'UTC') + ($2::interval[])[width_bucket({at}, $1::timestamptz[])])::date";

    /// <summary>Of the tickets in $3. Answers the days whose facts changed: a ticket of long ago that changes today leaves the days of long ago alone.</summary>
    public static readonly string CountTickets =
        $"""
        with fresh as materialized ({Facts("c.ticket_id = any ($3)")}),
        gone as (
            delete from performance_facts f where f.ticket_id = any ($3) and not exists (select from fresh where fresh.commitment_id = f.commitment_id and fresh.day = f.day)
            returning f.day),
        changed as (
            insert into performance_facts as f select * from fresh
            on conflict (commitment_id, day) do update set
                (ticket_id, kind, queue, priority, channel, policy_id, {Counts}, worked, elapsed) =
                (excluded.ticket_id, excluded.kind, excluded.queue, excluded.priority, excluded.channel, excluded.policy_id, {Excluded(Counts)}, excluded.worked, excluded.elapsed)
            where f is distinct from excluded
            returning f.day)
        select array_agg(day) from (select day from gone union select day from changed) touched
        """;

    private static string Excluded(string columns) => string.Join(", ", columns.Split(", ").Select(column => $"excluded.{column}"));

    public static readonly string CountAll = $"insert into performance_facts {Facts("true")}";

    public static readonly string SumDays = Sum("where f.day = any ($1)");

    public static readonly string SumAll = Sum("");

    private static string Sum(string which) =>
        $"""
        insert into performance_days
        select g.grouping, f.day, g.name, {string.Join(", ", Counts.Split(", ").Select(column => $"sum(f.{column})"))},
            {Values("worked", "f.kind <> 'resolution'")}, {Values("elapsed", "f.kind <> 'resolution'")}, {Values("worked", "f.kind = 'resolution'")}, {Values("elapsed", "f.kind = 'resolution'")}
        from performance_facts f
        cross join lateral (values ('kind', f.kind), ('queue', coalesce(f.queue, '')), ('priority', f.priority), ('channel', f.channel), ('policy', coalesce(f.policy_id::text, ''))) g (grouping, name)
        {which}
        group by g.grouping, f.day, g.name
        """;

    private static string Values(string column, string which) => $"coalesce(string_agg(int4send(f.{column}), '' order by f.{column}) filter (where f.{column} is not null and {which}), '')";

    private const string Newest = "(select coalesce(max(sequence), 0) from events)";

    /// <summary>
    /// Whoever writes an event has its transaction's number before its sequence. So all who may still write below the newest have lower numbers than this one, which began
    /// after it was seen. A snapshot's highest number will not do: of those that are running it tells only some.
    /// </summary>
    public const string Advance =
        $"""
        update performance_progress set version = version + $1::boolean::integer, seen = pg_current_snapshot(),
            read_to = case when pg_snapshot_xmin(pg_current_snapshot()) >= next_after then next_read_to else read_to end,
            next_read_to = case when pg_snapshot_xmin(pg_current_snapshot()) >= next_after then {Newest} else next_read_to end,
            next_after = case when pg_snapshot_xmin(pg_current_snapshot()) >= next_after then pg_current_xact_id() else next_after end
        where $1 or (next_read_to, read_to) is distinct from ({Newest}, {Newest})
        """;

    /// <summary>The sequence to begin at is not known to be safe yet: the next run reads all events, and passes over those that this snapshot saw.</summary>
    public const string Begin =
        $"""
        insert into performance_progress (version, zone, seen, read_to, next_read_to, next_after)
        values (pg_snapshot_xmax(pg_current_snapshot())::text::bigint, $1, pg_current_snapshot(), 0, {Newest}, pg_current_xact_id())
        on conflict (only_row) do update set version = performance_progress.version + 1, zone = excluded.zone, seen = excluded.seen, read_to = excluded.read_to,
            next_read_to = excluded.next_read_to, next_after = excluded.next_after
        """;
}
