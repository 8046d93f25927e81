using System.Diagnostics;
using System.Globalization;
using HelpDesk.Access;
using HelpDesk.FollowUps;
using HelpDesk.Tickets;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>
/// What one would do without a sweep: a delayed job of the build's own engine for each follow-up, on the same PostgreSQL, due at one instant. Each job
/// does in a transaction of its own what the sweep does for one ticket.
/// </summary>
internal static class EngineFigures
{
    public const int Threads = 16;

    /// <returns>Follow-ups a second.</returns>
    public static async Task<double> Print(BenchDesk desk, string connection, long[] tickets, Instant due)
    {
        using var done = new CountdownEvent(tickets.Length);
        await using var jobs = await DelayedJobs.Schedule(connection, tickets, FollowUp);
        await desk.Run("vacuum analyze");
        var start = Stopwatch.GetTimestamp();
        await jobs.Start();
        await Task.Run(() => done.Wait(TimeSpan.FromMinutes(10)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var finished = tickets.Length - done.CurrentCount;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same as the job engine's own delayed jobs ({DelayedJobs.Engine}, {Threads} threads): {finished} in {seconds:0.00} s = {finished / seconds:0} per second"));
        return finished / seconds;

        async Task FollowUp(long ticket, CancellationToken cancel)
        {
            var (work, sweep) = (desk.Get<TicketDesk>(), desk.Get<SweepDue>());
            await using var begun = await TicketWork.Begin(work, due, [ticket], Caller.Desk, cancel);
            await sweep.SweepAll(begun, _ => [], cancel);
            begun.LeaveUnchanged();
            await begun.Commit(SweepDue.Actor, null, cancel);
            done.Signal();
        }
    }
}
