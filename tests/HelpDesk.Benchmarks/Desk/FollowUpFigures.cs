using System.Globalization;
using HelpDesk.Deadlines;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>The way of a follow-up, figure by figure, in one run on one PostgreSQL: swept, beside the engine's own delayed jobs; handed over; and how late when they come steadily.</summary>
internal static class FollowUpFigures
{
    public static async Task Print(string server)
    {
        await HandOvers(server);
        await Sweeps(server);
    }

    private static async Task HandOvers(string server)
    {
        await using var sink = new SmtpSink();
        (string, string?)[] mail = [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{sink.Port}"), ("Mail:Connections", "16")];
        await using var desk = await BenchDesk.Start(server, "helpdesk_bench_mail", mail);
        await SweepFigures.MakePolicy(desk, TermHours.AroundTheClock);
        await HandOverFigures.Print(desk, sink);
        await SteadyFigures.Print(desk, sink);
    }

    private static async Task Sweeps(string server)
    {
        const string Name = "helpdesk_bench_engine";
        await using var desk = await BenchDesk.Start(server, Name);
        await SweepFigures.MakePolicy(desk);
        // The first two rounds compile; the engine comes between two sweeps, so that a machine whose speed drifts is fair to both.
        await SweepFigures.Sweep(desk, 1, await SweepFigures.Open(desk, 1));
        var before = await SweepFigures.Sweep(desk, 2, await SweepFigures.Open(desk, 2));
        var due = await SweepFigures.Open(desk, 3);
        var tickets = await desk.Ask<long[]>("select array_agg(distinct ticket_id) from commitments where wake_at is not null");
        var engine = await EngineFigures.Print(desk, new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString, tickets, due);
        await desk.Run("update commitments set wake_at = null where wake_at is not null");
        var after = await SweepFigures.Sweep(desk, 3, await SweepFigures.Open(desk, 0));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the sweep does {(before + after) / 2 / engine:0.0} times as many follow-ups a second as the engine's delayed jobs"));
    }
}
