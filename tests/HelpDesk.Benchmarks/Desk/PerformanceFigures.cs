using System.Diagnostics;
using System.Globalization;
using HelpDesk.Reports;
using HelpDesk.Tickets;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>The roll-up over a million promises of ninety days: made anew, kept up to date, and read with nothing kept in memory.</summary>
internal static class PerformanceFigures
{
    private static readonly LocalDate To = new(2026, 4, 1);

    /// <summary>250,000 tickets with three commitments each; every third promise was renewed first, some were broken.</summary>
    private const string Seed =
        """
        set session_replication_role = replica;
        insert into customers (id, row_version, preferred_channel, opt_out, created_at, updated_at) values ('c0000000-0000-7000-8000-000000000000', 1, 'email', false, '2026-01-01Z', '2026-01-01Z');
        insert into tickets (id, row_version, subject, status, priority, channel, queue, tags, custom_fields, created_by, requester_id, public_token, clock, created_at, updated_at)
        select n, 1, 's', 'open', (array['low', 'normal', 'high', 'urgent'])[1 + n % 4], (array['web', 'email', 'chat'])[1 + n % 3], 'queue ' || n % 12, '{}', '{}', 'customer',
            'c0000000-0000-7000-8000-000000000000', n::text, '{}', at, at
        from (select n, timestamptz '2026-01-01Z' + n * interval '30 seconds' as at from generate_series(1, 250000) n) t;
        insert into commitments (id, ticket_id, kind, cycle, state, policy_id, term, reopening, started_at, told_at, lapsed_at, fulfilled_at, ended_at, used, renewals, renewals_since_human, pauses)
        select gen_random_uuid(), id, kind, 1, case when late then 'broken' else 'kept' end, ('c0000000-0000-7000-8000-00000000000' || id % 6)::uuid, '{"target": 14400000000}', false, created_at, created_at + took,
            case when late then created_at + took end, created_at + took, created_at + took, extract(epoch from took)::bigint * 400000, 0, 0, '[]'
        from (select t.id, t.created_at, k.kind, random() < 0.02 as late, (exp(random() * 6) * k.scale * 100) * interval '1 second' as took
            from tickets t cross join (values ('first_response', 1), ('next_response', 2), ('resolution', 30)) k (kind, scale)) each;
        insert into promises (id, commitment_id, ticket_id, number, promised_at, made_at, made_by, words, outcome, ended_at, follow_up_at)
        select gen_random_uuid(), id, ticket_id, 1, ended_at, started_at, 'policy', '', case when lapsed_at is not null then 'broken' when part = 0 then 'renewed' else 'kept' end, ended_at, started_at
        from (select *, ticket_id % 3 as part from commitments) c
        union all
        select gen_random_uuid(), id, ticket_id, 2, ended_at, started_at, 'follow_up', '', 'kept', ended_at, started_at from commitments where ticket_id % 3 = 0;
        set session_replication_role = origin
        """;

    public static async Task Print(string server)
    {
        await using var desk = await BenchDesk.Start(server, "helpdesk_bench_performance", ("Desk:TimeZone", "Europe/Helsinki"));
        await desk.Run(Seed);
        await desk.Run("vacuum analyze");
        var promises = await desk.Ask<long>("select count(*) from promises");
        var rollUp = new RollUp(desk.Database, desk.Get<DeskSettings>(), TimeProvider.System);
        Say($"roll-up of {promises} promises made anew: {await Milliseconds(() => rollUp.RunOnce(default)):0} ms");
        await desk.Run("vacuum analyze");
        Say($"a run with nothing to do: {await Milliseconds(() => rollUp.RunOnce(default)):0.0} ms");
        foreach (var changed in new[] { 1, 100, 1000 })
        {
            await desk.Run(
                $"""
                update commitments set state = 'broken', lapsed_at = ended_at where ticket_id between 240000 and 240000 + {changed} - 1;
                update promises set outcome = 'broken' where ticket_id between 240000 and 240000 + {changed} - 1;
                insert into events (at, type, ticket_id, actor, data) select created_at, 'promise.broken', id, 'bench', '[]' from tickets where id between 240000 and 240000 + {changed} - 1;
                update tickets set priority = case priority when 'low' then 'high' else 'low' end where id between 240000 and 240000 + {changed} - 1
                """);
            Say($"a run after {changed} tickets changed: {await Milliseconds(() => rollUp.RunOnce(default)):0} ms");
        }

        foreach (var isPublic in new[] { false, true })
        {
            foreach (var by in new Grouping?[] { null, Grouping.Kind, Grouping.Queue, Grouping.Priority, Grouping.Channel, Grouping.Policy }) await Read(desk, by, isPublic);
        }
    }

    private static async Task Read(BenchDesk desk, Grouping? by, bool isPublic)
    {
        var question = new PerformanceQuestion(To.PlusDays(-90), To, by, isPublic, To);
        var times = new List<double>();
        for (var round = 0; round < 120; round++)
        {
            var shelf = new PerformanceShelf(new PerformanceBook(desk.Database), new PerformanceOptions(true, 20), desk.Get<DeskSettings>());
            var time = await Milliseconds(() => shelf.Read(question, default));
            if (round >= 20) times.Add(time);
        }

        times.Sort();
        Say($"{(isPublic ? "public" : "with a key")}, by {by?.ToString() ?? "nothing"}: p50 {times[49]:0.0} ms, p99 {times[98]:0.0} ms");
    }

    private static async Task<double> Milliseconds(Func<Task> act)
    {
        var start = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
