using System.Globalization;
using System.Text.RegularExpressions;
using HelpDesk.Delivery;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using HelpDesk.Time;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>Follow-ups that come due one after the other, steadily, at real time: how late each was taken by the mail server.</summary>
internal static partial class SteadyFigures
{
    private const int PerSecond = 50;
    private const int Seconds = 30;
    private static readonly Duration Ahead = Duration.FromSeconds(25);

    /// <summary>Of the policy's two hours, after an hour and a half.</summary>
    private static readonly Duration UntilFollowUp = Duration.FromMinutes(90);

    public static async Task Print(BenchDesk desk, SmtpSink sink)
    {
        var machine = TimeProvider.System;
        var first = machine.GetCurrentInstant() + Ahead;
        var open = desk.Get<OpenTicket>();
        await Parallel.ForAsync(0, PerSecond * Seconds, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, cancel) => await open.Open(
            new OpenTicketRequest("The invoice is wrong", "Please look into it.", new RequesterDefinition($"steady{number % 500}@example.org", "Customer", "en", "Europe/Helsinki")),
            null, first + Duration.FromSeconds(number / (double)PerSecond) - UntilFollowUp, "bench", null, cancel));
        await desk.Run("update deliveries set state = 'sent', sent_at = created_at where state = 'queued'");
        var headroom = (first - machine.GetCurrentInstant()).TotalSeconds;
        var taken = sink.Mails.Count;
        using var stop = new CancellationTokenSource();
        var (deliver, sweep) = (desk.Get<DeliverDue>(), desk.Get<SweepDue>());
        // Two loops, as a server's own timers are.
        var sweeping = Loop(async now => await sweep.RunOnce(now, CancellationToken.None), now => sweep.NextDue(now, CancellationToken.None), desk.Get<SweepBell>(), stop.Token);
        var delivering = Loop(now => deliver.Step(now, CancellationToken.None), now => deliver.NextDue(now, CancellationToken.None), desk.Get<MailBell>(), stop.Token);
        var end = first + Duration.FromSeconds(Seconds + 10);
        while (sink.Mails.Count - taken < PerSecond * Seconds && machine.GetCurrentInstant() < end) await Task.Delay(TimeSpan.FromMilliseconds(100), machine);
        await stop.CancelAsync();
        await Task.WhenAll(sweeping, delivering);
        await deliver.Finish();
        Report(await Lateness(desk, sink), headroom);
    }

    private static async Task Loop(Func<Instant, Task<int>> step, Func<Instant, Task<Instant?>> nextDue, Bell bell, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await step(TimeProvider.System.GetCurrentInstant()) > 0) continue;
            var now = TimeProvider.System.GetCurrentInstant();
            var pause = await nextDue(now) is { } next ? Duration.Max(Duration.FromMilliseconds(1), Duration.Min(Duration.FromSeconds(1), next - now)) : Duration.FromSeconds(1);
            await bell.Wait(pause, TimeProvider.System, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<List<double>> Lateness(BenchDesk desk, SmtpSink sink)
    {
        var due = new Dictionary<string, Instant>(StringComparer.Ordinal);
        await using var command = desk.Database.CreateCommand(
            "select d.message_id, p.follow_up_at from follow_ups f join deliveries d on d.id = f.delivery_id join promises p on p.id = f.promise_id where d.sent_at is not null");
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync()) due[rows.GetString(0)] = rows.GetDateTime(1).ToInstant();
        }

        var late = new List<double>();
        foreach (var mail in sink.Mails)
        {
            if (due.TryGetValue(MessageId().Match(mail.Raw).Groups[1].Value.Trim(), out var at) && mail.At - at < Duration.FromHours(1)) late.Add((mail.At - at).TotalSeconds);
        }

        late.Sort();
        return late;
    }

    [GeneratedRegex("^Message-ID: *(.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    private static void Report(List<double> late, double headroom)
    {
        if (late.Count == 0) throw new InvalidOperationException("No follow-up arrived.");
        double At(double share) => late[Math.Min(late.Count - 1, (int)(late.Count * share))] * 1000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"steady {PerSecond} follow-ups a second for {Seconds} s: {late.Count} of {PerSecond * Seconds} taken by the mail server, late by median {At(0.5):0} ms, p99 {At(0.99):0} ms, at most {late[^1] * 1000:0} ms (made ready {headroom:0.0} s before the first was due)"));
    }
}
