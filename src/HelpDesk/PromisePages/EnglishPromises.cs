using System.Globalization;
using HelpDesk.Delivery;

namespace HelpDesk.PromisePages;

internal sealed class EnglishPromises : PromisePageWords
{
    public override string Title => "What we promise";

    public override string Lead => "How soon you hear from us, when we are here, and how well we keep our word.";

    public override string EmptyTitle => "Nothing is published here yet";

    public override string EmptyText => "We have not published our promises yet. You can write to us all the same, and we answer. Once our promises are published, they stand here.";

    public override string NowTitle => "If you wrote now";

    public override string HearBy => "you would hear from us by";

    public override string NowNote => "For a request of normal priority. If your request is more urgent or an agreement of your own covers it, other dates may hold.";

    public override string NowNothing => "For requests without an agreement of their own we promise no date.";

    public override string AnyOtherWay => "any other way";

    public override string Channel(string name) => name.ToUpperInvariant() switch
    {
        "EMAIL" or "MAIL" => "e-mail",
        "PHONE" => "phone",
        "WEB" => "web",
        "CHAT" => "chat",
        "API" => "API",
        _ => name,
    };

    public override string TermsTitle => "What you can count on";

    public override string ForAll => "For all requests";

    public override string ForAllOthers => "For all other requests";

    public override string ByPriority => "By priority";

    public override string WorkingTime => "of working time";

    public override string AroundTheClock => "around the clock";

    public override string HoursTitle => "When we are here";

    public override string HoursFor(string policies) => $"For {policies}";

    public override string IsOpen => "Open now";

    public override string IsAlwaysOpen => "Always open";

    public override string IsClosed => "Closed now";

    public override string ClosesAt(string? date, string time) => date is null ? $"until {time} today" : $"until {date} at {time}";

    public override string OpensAt(string? date, string time) => date is null ? $"We open today at {time}" : $"We open on {date} at {time}";

    public override string Today => "Today";

    public override string Closed => "Closed";

    public override string AllDay => "All day";

    public override string Holiday => "Holiday";

    public override string OtherHours => "Other hours than usual";

    public override string AsARule(string hours, string zone) => $"As a rule: {hours} ({zone}).";

    public override string Zone(string zone) => $"All times are in the time zone {zone}.";

    public override string ChooseZone => "Choose another time zone";

    public override string ZoneLabel => "Time zone";

    public override string UnknownZone => "We do not know that time zone. Please choose one from the list.";

    public override string Show => "Show";

    public override string YourZone => "Show in your time zone ({0})";

    public override string RecordTitle => "How well we keep it";

    public override string KeptOfAll(int days) => $"of promises kept in the last {days} days";

    public override string TooFewOfAll => "Too few promises have come due so far for a fair figure. Once there are enough, it stands here.";

    protected override string Sample(string verdicts, string when) => $"{verdicts} commitments judged, {when}.";

    protected override string Span(string from, string to) => $"{from} to {to}";

    public override string Percent(decimal percent) => $"{(percent == 100 ? "100" : percent.ToString("0.0", CultureInfo.InvariantCulture))}%";

    public override string Kept => "Kept";

    public override string Renewed => "Renewed in time";

    public override string Broken => "Broken";

    public override string TooFew => "Too few to show";

    public override string RecordNote(string zone) =>
        "Kept: done by the promised date. Renewed in time: before the date passed we wrote and gave a new one. Broken: the date passed. "
        + $"Days with few promises are shown together, so that nobody’s request can be picked out; days are those of {zone}.";

    public override string StripLabel(int days) => $"Promises of the last {days} days: kept, renewed in time and broken, day by day. The same figures stand in the table below.";

    public override string AsATable => "The figures as a table";

    public override string Days => "Days";

    public override string Range(string from, string to) => $"{from} – {to}";

    public override string Together(string range) => $"{range} together";

    public override string Counts(StripCounts counts) => $"{Number(counts.Kept)} kept, {Number(counts.Renewed)} renewed in time, {Number(counts.Broken)} broken";

    public override string More => "All that we promise";

    internal override string Weekday(IsoDayOfWeek day) => English.Days[(int)day - 1];

    internal override string Date(LocalDate date) => $"{date.Day} {English.Months[date.Month - 1]}";

    internal override string DateWithYear(LocalDate date) => $"{Date(date)} {date.Year}";

    internal override string Time(LocalTime time) => $"{time.Hour:D2}:{time.Minute:D2}";

    internal override string Midnight => "24:00";

    internal override string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
