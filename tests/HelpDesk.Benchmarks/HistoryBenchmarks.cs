using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using HelpDesk.Deadlines;

namespace HelpDesk.Benchmarks;

/// <summary>A whole ticket's life played by the pure engine: what a rehearsal over many tickets costs for each.</summary>
[MemoryDiagnoser]
public class HistoryBenchmarks
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 8, 0);
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    private readonly Rules rules = new(Policy(8), Office(), 1);
    private readonly TicketOpened opened = new(Monday, Author.Customer, TicketStatus.New, Priority.Normal);
    private TicketEvent[] events = [];

    [GlobalSetup]
    public void Script()
    {
        var faster = new Rules(Policy(4), rules.Calendar, 2);
        events =
        [
            new MessagePosted(At(9), Author.Agent),
            new MessagePosted(At(10), Author.Customer),
            new StatusChanged(At(24), TicketStatus.OnHold),
            new MessagePosted(At(26), Author.Agent),
            new StatusChanged(At(48), TicketStatus.Open),
            new Reclassified(At(50), Priority.Urgent, rules, "priority"),
            new CallbackPromised(At(51), At(75), "I will call."),
            new Reclassified(At(72), Priority.Urgent, faster, "policy"),
            new MessagePosted(At(76), Author.Agent, Fulfils: 1),
            new StatusChanged(At(170), TicketStatus.Resolved),
        ];
    }

    [Benchmark(Baseline = true)]
    public Played ClocksAlone() => TicketHistory.Play(opened, rules, events, At(200));

    [Benchmark]
    public Played Followed() => TicketHistory.Play(opened, rules, events, At(200), TicketHistory.DefaultMinimumGap);

    private static Instant At(int hours) => Monday + Duration.FromHours(hours);

    private static PolicyTerms Policy(int hours) => new(
        new Dictionary<CommitmentKind, TermOffer>
        {
            [CommitmentKind.FirstResponse] = TermOffer.Same(Term(hours)),
            [CommitmentKind.NextResponse] = TermOffer.Same(Term(hours)),
            [CommitmentKind.Update] = TermOffer.Same(Pausing(2 * hours)),
            [CommitmentKind.Resolution] = TermOffer.Same(Pausing(5 * hours)),
        }.ToFrozenDictionary(),
        PolicyTerms.DefaultReopenWindow,
        null);

    private static Term Term(int hours) => new() { Target = Duration.FromHours(hours) };

    private static Term Pausing(int hours) => Term(hours) with { PausesIn = Deadlines.Term.DefaultPauses(CommitmentKind.Resolution) };

    private static WorkingCalendar Office() => WorkingCalendar.Create(
        Helsinki,
        new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday }
            .ToDictionary(day => day, _ => (IReadOnlyList<DayWindow>)[DayWindow.Of("08:00", "12:00"), DayWindow.Of("13:00", "17:00")]));
}
