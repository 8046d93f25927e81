using System.Collections.Frozen;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Catalogue.Words;

/// <summary>Terms and hours in the sentences of one language. One file per language; what stands together in a sentence is written together, since no two languages join it alike.</summary>
internal abstract class CatalogueWords
{
    private static readonly FrozenDictionary<string, CatalogueWords> ByCode =
        new CatalogueWords[] { new EnglishCatalogue(), new TurkishCatalogue(), new FinnishCatalogue() }.ToFrozenDictionary(words => words.Language.Code);

    private static readonly OpenHours AllDayLong = new("00:00", "24:00");

    public static CatalogueWords In(Language language) => ByCode[language.Code];

    public abstract Language Language { get; }

    /// <summary>A kind by its name: "First answer".</summary>
    public string Name(CommitmentKind kind) => Language.What(kind.ToWord());

    /// <summary>What is promised, as a sentence to the customer.</summary>
    public abstract string Promise(CommitmentKind kind, Duration within, TermHours hours);

    public abstract string Name(Priority priority);

    /// <summary>What a condition of a policy is called: one of the members of <see cref="Policies.PolicyConditions"/>, in lower case.</summary>
    public abstract string Condition(string member);

    /// <summary>In which statuses the time stands still; null for none.</summary>
    public string? Pauses(IReadOnlyCollection<TicketStatus> statuses) => statuses.Count == 0 ? null : Pauses([.. statuses.Order().Select(While)]);

    protected abstract string Pauses(IReadOnlyList<string> whiles);

    protected abstract string While(TicketStatus status);

    /// <summary>What happens when it takes longer.</summary>
    public abstract string FollowUp(bool hasNewDate);

    /// <summary>How long a message takes the matter up again.</summary>
    public abstract string Reopening(Duration window);

    /// <summary>The whole week: weekdays with the same hours together.</summary>
    public string Week(PublishedHours hours) => hours.IsAlwaysOpen ? AlwaysOpen : Capital(string.Join("; ", hours.Week().Select(Group)));

    private string Group(DayGroup group)
    {
        var days = Listed([.. group.Days.SelectMany(Singly).Select(run => run.From == run.To ? Day(run.From) : Days(run))], And);
        return group.Hours.Count == 0 ? Closed(days, group.Days.Any(run => run.To > run.From + 1)) : Open(days, Hours(group.Hours));
    }

    /// <summary>Two days are named, more are a stretch.</summary>
    private static IEnumerable<DayRun> Singly(DayRun run) => run.To == run.From + 1 ? [new(run.From, run.From), new(run.To, run.To)] : [run];

    /// <summary>A date that differs from the week.</summary>
    public string Ahead(DayAhead day) => $"{Capital(Language.Date(day.Date))}: {(day.Hours.Count > 0 ? OpenOn(Hours(day.Hours)) : day.IsHoliday ? ClosedForHoliday : ClosedOn)}";

    private string Hours(IReadOnlyList<OpenHours> hours) => hours is [var one] && one == AllDayLong ? AllDay : Clock(Listed([.. hours.Select(each => $"{Time(each.From)}–{Time(each.To)}")], And));

    protected abstract string AlwaysOpen { get; }

    protected abstract string AllDay { get; }

    protected abstract string And { get; }

    protected abstract string ClosedOn { get; }

    protected abstract string ClosedForHoliday { get; }

    protected abstract string Day(IsoDayOfWeek day);

    protected abstract string Days(DayRun run);

    protected abstract string Open(string days, string hours);

    protected abstract string Closed(string days, bool isStretch);

    protected abstract string OpenOn(string hours);

    /// <summary>What stands before times of the day.</summary>
    protected virtual string Clock(string hours) => hours;

    /// <summary>"09:00" as the language writes it.</summary>
    protected virtual string Time(string time) => time;

    protected virtual string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>a, b and c.</summary>
    protected static string Listed(IReadOnlyList<string> items, string last) =>
        items.Count == 1 ? items[0] : $"{string.Join(", ", items.Take(items.Count - 1))} {last} {items[^1]}";
}
