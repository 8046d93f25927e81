using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;
using HelpDesk.Deadlines.Tests.Calendars;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Makes random histories: a dozen events minutes, nights or weeks apart, and often at the very instant of the one before.</summary>
internal static class Histories
{
    private static readonly WorkingCalendar[] Calendars =
    [
        Sample.Office(),
        Sample.Office("Europe/Helsinki", "08:00-12:00 13:00-17:00", holidays: ["2026-03-03", "2026-03-06"]),
        Sample.Daily("America/New_York", "00:00-24:00"),
        Sample.Weekly("Asia/Kathmandu", [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Saturday], "10:00-16:00", exceptions: new() { ["2026-03-04"] = "20:00-24:00" }),
        WorkingCalendar.AroundTheClock,
    ];

    private static readonly Gen<Duration> Amount = Gen.Frequency(
        (6, Gen.Choose(1, 12).Select(hours => Duration.FromHours(hours))),
        (3, Gen.Choose(1, 3000).Select(minutes => Duration.FromMinutes(minutes))),
        (1, from seconds in Gen.Choose(0, 90_000) from micros in Gen.Choose(1, 999_999) select Duration.FromTicks((seconds * 10_000_000L) + (micros * 10))));

    private static readonly Gen<Duration> Pauseless = Gen.Frequency(
        (3, Gen.Constant(Duration.Zero)),
        (5, Gen.Choose(1, 24).Select(half => Duration.FromMinutes(30 * half))),
        (2, Gen.Choose(1, 10_000).Select(minutes => Duration.FromMinutes(minutes))),
        (1, Gen.Choose(1, 20).Select(days => Duration.FromDays(days))),
        (2, from seconds in Gen.Choose(0, 90_000) from micros in Gen.Choose(0, 999_999) select Duration.FromTicks((seconds * 10_000_000L) + (micros * 10))));

    private static readonly Gen<LadderStep> Steps =
        from what in Gen.Choose(0, 4)
        from percent in Gen.Elements(1, 50, 75, 100, 150, 400)
        from offset in Gen.Frequency((1, Gen.Constant(Duration.Zero)), (3, Amount))
        from act in Gen.Elements("notify", "notify", "raise_priority", "reassign")
        select what switch
        {
            0 or 1 => new LadderStep(LadderBase.Target, percent, Duration.Zero, act, "lead"),
            2 => new LadderStep(LadderBase.Promise, 0, -offset, act, "assignee"),
            3 => new LadderStep(LadderBase.Promise, 0, offset, act, "queue"),
            _ => new LadderStep(LadderBase.Lapse, 0, offset, act, "lead"),
        };

    private static readonly Gen<LadderStep[]> Ladders = Gen.Frequency((1, Gen.Constant<LadderStep[]>([])), (1, Gen.Choose(1, 4).SelectMany(Steps.ArrayOf)));

    private static readonly Gen<Term> Terms =
        from target in Amount
        from around in Gen.Choose(0, 3)
        from cushion in Gen.Frequency((2, Gen.Constant(Duration.Zero)), (1, Amount))
        from lead in Gen.Frequency<Duration?>((3, Gen.Constant<Duration?>(null)), (1, Amount.Select(amount => (Duration?)amount)))
        from renewBy in Gen.Frequency<Duration?>((3, Gen.Constant<Duration?>(null)), (1, Amount.Select(amount => (Duration?)amount)))
        from cap in Gen.Choose(0, 3)
        from pauses in Gen.Elements<TicketStatus[]>([], [TicketStatus.WaitingOnCustomer, TicketStatus.OnHold], [TicketStatus.WaitingOnCustomer], [TicketStatus.New])
        from ladder in Ladders
        select new Term
        {
            Target = target,
            Hours = around == 0 ? TermHours.AroundTheClock : TermHours.Working,
            Cushion = cushion,
            Lead = lead,
            RenewBy = renewBy,
            MaxRenewals = cap,
            PausesIn = [.. pauses],
            Ladder = [.. ladder],
        };

    private static readonly Gen<Rules> Policies =
        from terms in Terms.ArrayOf(4)
        from urgent in Terms.ArrayOf(4)
        from offered in Gen.Choose(0, 99).ArrayOf(4)
        from calendar in Gen.Elements(Calendars)
        from reopenTarget in Gen.OneOf(Gen.Constant<Duration?>(null), Amount.Select(amount => (Duration?)amount))
        from version in Gen.Choose(1, 99)
        let kinds = Enumerable.Range(0, 4).Where(kind => offered[kind] < 80)
        select new Rules(
            new PolicyTerms(kinds.ToFrozenDictionary(kind => (CommitmentKind)kind, kind => Offer(terms[kind], urgent[kind], offered[kind])), Duration.FromDays(3), reopenTarget),
            calendar,
            version);

    private static readonly Gen<Rules?> MaybePolicy = Gen.Frequency<Rules?>((8, Policies.Select(rules => (Rules?)rules)), (1, Gen.Constant<Rules?>(null)));

    private static readonly Gen<Act> Acts =
        from after in Pauseless
        from what in Gen.Frequency(
            (4, Gen.Choose(0, 1)), (1, Gen.Constant(2)), (5, Gen.Constant(3)), (1, Gen.Constant(4)), (3, Gen.Choose(5, 7)), (2, Gen.Choose(8, 9)), (1, Gen.Constant(10)))
        from dice in Gen.Choose(0, 3000)
        from rules in MaybePolicy
        select new Act(after, what, dice, rules);

    public static Arbitrary<History> Arbitrary() => Arb.From(
        from minute in Gen.Choose(0, 20_000)
        from author in Gen.Frequency((5, Gen.Constant(Author.Customer)), (1, Gen.Elements(Author.Agent, Author.System)))
        from status in Gen.Frequency((5, Gen.Constant(TicketStatus.New)), (1, Gen.Choose(0, 5).Select(word => (TicketStatus)word)))
        from priority in Gen.Elements(Priority.Normal, Priority.Urgent)
        from quirks in Gen.Choose(0, 11)
        from rules in MaybePolicy
        from length in Gen.Choose(0, 14)
        from acts in Acts.ArrayOf(length)
        from rest in Pauseless
        from gap in Gen.Elements(Duration.Zero, TicketHistory.DefaultMinimumGap, Duration.FromHours(3))
        from follow in Gen.Elements(true, true, false)
        let opened = new TicketOpened(Days.At("Mon 00:00") + Duration.FromMinutes(minute), author, status, priority, quirks != 0, quirks == 1)
        select new History(opened, rules, acts, rest, gap, follow));

    private static TermOffer Offer(Term usual, Term urgent, int dice) => dice % 2 == 0
        ? TermOffer.Same(usual)
        : new TermOffer(usual, new Dictionary<Priority, Term> { [Priority.Urgent] = urgent }.ToFrozenDictionary());
}
