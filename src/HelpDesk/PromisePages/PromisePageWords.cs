using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>What the promise page says in one language. One file per language.</summary>
public abstract class PromisePageWords
{
    private static readonly PromisePageWords InEnglish = new EnglishPromises();
    private static readonly PromisePageWords InFinnish = new FinnishPromises();
    private static readonly PromisePageWords InTurkish = new TurkishPromises();

    public static PromisePageWords Of(PageLanguage language) => language.Of(InEnglish, InFinnish, InTurkish);

    public abstract string Title { get; }

    public abstract string Lead { get; }

    public abstract string EmptyTitle { get; }

    public abstract string EmptyText { get; }

    public abstract string NowTitle { get; }

    /// <summary>Goes on after the title, and stands before the date of what comes first.</summary>
    public abstract string HearBy { get; }

    /// <summary>Of whom the dates are.</summary>
    public abstract string NowNote { get; }

    public abstract string NowNothing { get; }

    public abstract string AnyOtherWay { get; }

    /// <summary>A channel as people call it; one of the desk's own as it is.</summary>
    public abstract string Channel(string name);

    public abstract string TermsTitle { get; }

    public abstract string ForAll { get; }

    public abstract string ForAllOthers { get; }

    public abstract string ByPriority { get; }

    public abstract string WorkingTime { get; }

    public abstract string AroundTheClock { get; }

    public abstract string HoursTitle { get; }

    /// <param name="policies">Their names.</param>
    public abstract string HoursFor(string policies);

    public abstract string IsOpen { get; }

    public abstract string IsAlwaysOpen { get; }

    public abstract string IsClosed { get; }

    /// <param name="date">Null: today.</param>
    public abstract string ClosesAt(string? date, string time);

    /// <param name="date">Null: today.</param>
    public abstract string OpensAt(string? date, string time);

    public abstract string Today { get; }

    public abstract string Closed { get; }

    public abstract string AllDay { get; }

    public abstract string Holiday { get; }

    public abstract string OtherHours { get; }

    public abstract string AsARule(string hours, string zone);

    public abstract string Zone(string zone);

    public abstract string ChooseZone { get; }

    public abstract string ZoneLabel { get; }

    public abstract string UnknownZone { get; }

    public abstract string Show { get; }

    /// <summary>With {0}: the zone of the reader's browser.</summary>
    public abstract string YourZone { get; }

    public abstract string RecordTitle { get; }

    /// <summary>After the share.</summary>
    public abstract string KeptOfAll(int days);

    public abstract string TooFewOfAll { get; }

    /// <summary>Of how many, from when to when: one day is one date.</summary>
    public string Sample(long verdicts, LocalDate from, LocalDate last) =>
        Sample(Number(verdicts), from == last ? DateWithYear(from) : Span(DateWithYear(from), DateWithYear(last)));

    protected abstract string Sample(string verdicts, string when);

    /// <summary>Within a sentence.</summary>
    protected virtual string Span(string from, string to) => Range(from, to);

    public abstract string Percent(decimal percent);

    public abstract string Kept { get; }

    public abstract string Renewed { get; }

    public abstract string Broken { get; }

    public abstract string TooFew { get; }

    /// <summary>What the three mean, and how days are counted.</summary>
    public abstract string RecordNote(string zone);

    /// <summary>What stands in the picture, for those who do not see it.</summary>
    public abstract string StripLabel(int days);

    public abstract string AsATable { get; }

    public abstract string Days { get; }

    public abstract string Range(string from, string to);

    public abstract string Together(string range);

    public abstract string Counts(StripCounts counts);

    public abstract string More { get; }

    internal abstract string Weekday(IsoDayOfWeek day);

    /// <summary>Without its year and weekday.</summary>
    internal abstract string Date(LocalDate date);

    internal abstract string DateWithYear(LocalDate date);

    internal abstract string Time(LocalTime time);

    /// <summary>24:00.</summary>
    internal abstract string Midnight { get; }

    internal abstract string Number(long count);
}
