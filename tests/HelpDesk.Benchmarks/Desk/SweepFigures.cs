using System.Diagnostics;
using System.Globalization;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.FollowUps;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Web;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>
/// What the sweep does on a real PostgreSQL: follow-ups that are due at one instant, claimed, renewed and queued with their rendered messages; and
/// a sweep with nothing due over many open commitments.
/// </summary>
internal static class SweepFigures
{
    private const int Due = 10_000;
    private const int OpenCommitments = 1_000_000;
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);

    public static async Task Print(string server)
    {
        await using var desk = await BenchDesk.Start(server, "helpdesk_bench_sweep");
        await MakePolicy(desk);
        // Twice: the first round compiles templates and plans.
        foreach (var round in new[] { 1, 2, 3 }) await Sweep(desk, round, await Open(desk, round));
        await SweepNothing(desk);
    }

    public static async Task MakePolicy(BenchDesk desk, TermHours hours = TermHours.Working)
    {
        await using var scope = desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        var windows = new[] { new[] { "08:00", "12:00" }, ["13:00", "17:00"] };
        var week = new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(day => day, _ => windows);
        var calendar = new HelpDesk.Calendars.Calendar("Office", Now);
        db.Add(calendar);
        db.Add(calendar.FirstVersion(new CalendarDefinition("Europe/Helsinki", week)));
        var policy = new Policy("Everyone", 1, Now);
        var term = new TermDefinition(Target: IsoDuration.FromDuration(Duration.FromHours(2)), Hours: hours);
        db.Add(policy);
        db.Add(policy.FirstVersion(new PolicyDefinition(
            new Dictionary<string, TermDefinition> { ["first_response"] = term }, "Everyone", CalendarId: calendar.Id)));
        await db.SaveChangesAsync();
    }

    /// <summary>Ten thousand tickets; answers when their follow-ups are due.</summary>
    public static async Task<Instant> Open(BenchDesk desk, int round)
    {
        var at = Now + Duration.FromDays(7 * round);
        var open = desk.Get<OpenTicket>();
        string[] locales = ["en", "tr", "fi"];
        await Parallel.ForAsync(0, Due, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, cancel) => await open.Open(
            new OpenTicketRequest(
                "The invoice is wrong", "Please look into it.",
                new RequesterDefinition($"customer{number % 1000}@example.org", "Customer", locales[number % 3], "Europe/Helsinki")),
            null, at, "bench", null, cancel));
        await desk.Run("update deliveries set state = 'sent', sent_at = created_at where state = 'queued'; ");
        await desk.Run("vacuum analyze");
        return at + Duration.FromMinutes(95);
    }

    /// <returns>Follow-ups a second.</returns>
    public static async Task<double> Sweep(BenchDesk desk, int round, Instant due)
    {
        var sweep = desk.Get<SweepDue>();
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var swept = 0;
        while (await sweep.RunOnce(due, CancellationToken.None) is > 0 and var some) swept += some;
        if (swept != Due) throw new InvalidOperationException($"{swept} were due.");
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"follow-ups due at once, round {round}: {swept} claimed, renewed and queued in {seconds:0.00} s = {swept / seconds:0} per second, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.00} s of it the desk's own CPU time"));
        await desk.Run("update commitments set wake_at = null where wake_at is not null");
        return swept / seconds;
    }

    private static async Task SweepNothing(BenchDesk desk)
    {
        await desk.Run($"""
            insert into commitments (id, ticket_id, kind, cycle, state, term, reopening, started_at, due_at, promised_at, told_at, follow_up_at, wake_at,
                renewals, renewals_since_human, pauses)
            select gen_random_uuid(), (select min(id) from tickets), 'callback', n, 'running', '{"{}"}', false, timestamptz '2026-03-02 08:00Z',
                timestamptz '2027-01-01Z' + n * interval '1 second', timestamptz '2027-01-01Z' + n * interval '1 second', timestamptz '2027-01-01Z',
                timestamptz '2027-01-01Z' + n * interval '1 second', timestamptz '2027-01-01Z' + n * interval '1 second', 0, 0, '[]'
            from generate_series(1, {OpenCommitments}) as n
            """);
        await desk.Run("vacuum analyze commitments");
        var sweep = desk.Get<SweepDue>();
        var times = new List<double>();
        for (var run = 0; run < 500; run++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await sweep.RunOnce(Now, CancellationToken.None) != 0) throw new InvalidOperationException("Something was due.");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a sweep with nothing due over {OpenCommitments} open commitments, whole round trips: median {times[250]:0.000} ms, p99 {times[495]:0.000} ms"));
        Console.WriteLine($"of which in the database: {await Explained(desk)}");
    }

    private static async Task<string> Explained(BenchDesk desk)
    {
        await using var command = desk.Database.CreateCommand($"explain (analyze, summary) {SweepDue.ClaimDue}");
        command.Parameters.AddWithValue(Now.ToDateTimeUtc());
        command.Parameters.AddWithValue(500);
        command.Parameters.AddWithValue(1L);
        command.Parameters.AddWithValue(0L);
        command.Parameters.AddWithValue(Array.Empty<long>());
        command.Parameters.AddWithValue(Array.Empty<long>());
        await using var reader = await command.ExecuteReaderAsync();
        var line = "";
        while (await reader.ReadAsync())
        {
            if (reader.GetString(0).Contains("Time:", StringComparison.Ordinal)) line += reader.GetString(0) + "; ";
        }

        return line.TrimEnd(';', ' ');
    }
}
