using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HelpDesk.Calendars;
using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Rehearsals;
using HelpDesk.Replay;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>A policy rehearsed on ten thousand real histories by one thread: those of a log of incidents, again and again, as the desk would have read them from its own log.</summary>
internal static class RehearsalFigures
{
    private const int Histories = 10_000;
    private const int Rounds = 5;

    public static void Print(string log)
    {
        var real = IncidentLog.Read(log).Incidents.Select(TicketOf).ToList();
        var tickets = Enumerable.Range(0, Histories).Select(number => real[number % real.Count]).ToList();
        var rules = new Rules(PolicyReading.Read(Read<PolicyDefinition>("policy.json")), CalendarReading.Read(Read<CalendarDefinition>("calendar.json")), 1);
        var now = tickets.Max(ticket => ticket.Events.Count > 0 ? ticket.Events[^1].At : ticket.Opened.At) + Duration.FromDays(1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{real.Count} incidents, {real.Average(ticket => ticket.Events.Count):0.0} events each, played as {Histories} histories by one thread"));
        Measure("clocks alone", tickets, rules, now, null);
        Measure("with follow-ups and lapses", tickets, rules, now, TicketHistory.DefaultMinimumGap);
    }

    private static void Measure(string what, List<RealTicket> tickets, Rules rules, Instant now, Duration? followWithin)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var (start, cpu, bytes) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            var tally = new RehearsalTally();
            foreach (var ticket in tickets) tally.Add(ticket, ticket.Rehearse(rules, now, followWithin));
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < Rounds - 1) continue;
            var result = tally.Result(false).Rehearsed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}, round {round}: {tickets.Count / seconds:0} histories a second ({tickets.Count / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0} by CPU time), {(GC.GetAllocatedBytesForCurrentThread() - bytes) / 1024 / tickets.Count} KiB each; {result}"));
        }
    }

    private static RealTicket TicketOf(Incident incident, int number)
    {
        var steps = Script.Of(incident);
        var open = (Open)steps[0];
        var opened = new TicketOpened(open.At, Author.Customer, TicketStatus.New, open.Fields.Priority is { } word ? Words<Priority>.From(word) : Priority.Normal);
        return new RealTicket(number, opened, null, [.. steps.Skip(1).SelectMany(Events)], null, new Dictionary<(CommitmentKind, int), Verdict>());
    }

    private static IEnumerable<TicketEvent> Events(HelpDesk.Replay.Step step)
    {
        if (step is Say say)
        {
            yield return new MessagePosted(say.At, Words<Author>.From(say.Author), Words<Visibility>.From(say.Visibility));
            if (say.Status is { } after) yield return new StatusChanged(say.At, Words<TicketStatus>.From(after));
        }

        if (step is not Patch patch) yield break;
        if (patch.Members.GetValueOrDefault("priority") is { } priority) yield return new Reclassified(patch.At, Words<Priority>.From(priority), null, "priority");
        if (patch.Members.GetValueOrDefault("status") is { } status) yield return new StatusChanged(patch.At, Words<TicketStatus>.From(status));
    }

    private static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)), JsonConventions.Options)!;
}
