using HelpDesk.Calendars;
using HelpDesk.Catalogue.Words;
using HelpDesk.Policies;
using NodaTime.Text;

namespace HelpDesk.Catalogue;

/// <summary>A policy as its customers may read it. What the desk does behind it (leads, ladders, who is told, cushions) has no member to stand in.</summary>
internal static class Publish
{
    public static CataloguePolicy Of(ShelvedPolicy policy, CalendarDefinition calendar, Instant now, CatalogueWords words)
    {
        var definition = policy.Definition;
        var when = definition.When ?? new PolicyConditions();
        var window = policy.Rules.Policy.ReopenWindow;
        var terms = PublishedTerm.Of(policy).ToList();
        return new CataloguePolicy(
            policy.Key.PolicyId,
            policy.Key.PolicyVersion,
            definition.Name ?? "",
            definition.Description,
            when,
            [.. Covers(when, words)],
            [.. terms.Select(term => Of(term, words))],
            Of(calendar, now.InZone(policy.Rules.Calendar.Zone).Date, words),
            words.FollowUp(terms.TrueForAll(term => term.Usual.MaxRenewals > 0 && term.Others.All(other => other.Term.MaxRenewals > 0))),
            definition.ReopenWindow ?? window,
            window > Duration.Zero ? words.Reopening(window) : null);
    }

    private static IEnumerable<string> Covers(PolicyConditions when, CatalogueWords words)
    {
        (string Member, IReadOnlyList<string>? Values)[] all =
        [
            ("priority", when.Priority?.Select(words.Name).ToList()), ("queue", when.Queue), ("channel", when.Channel), ("category", when.Category), ("tag", when.Tag),
            ("tier", when.Tier), ("locale", when.Locale),
        ];
        return all.Where(condition => condition.Values is not null).Select(condition => $"{words.Condition(condition.Member)}: {string.Join(", ", condition.Values!)}");
    }

    private static CatalogueTerm Of(PublishedTerm published, CatalogueWords words)
    {
        var (kind, usual, others) = published;
        return new CatalogueTerm(
            kind, words.Name(kind), usual.Promised, usual.Hours, words.Promise(kind, usual.Promised, usual.Hours), usual.PausesIn, words.Pauses(usual.PausesIn),
            [.. others.Select(other => new CatalogueDifference(
                other.Priority, words.Name(other.Priority), other.Term.Promised, other.Term.Hours, words.Promise(kind, other.Term.Promised, other.Term.Hours),
                other.Term.PausesIn, words.Pauses(other.Term.PausesIn)))]);
    }

    private static CatalogueHours Of(CalendarDefinition calendar, LocalDate today, CatalogueWords words)
    {
        var hours = new PublishedHours(calendar);
        return new CatalogueHours(
            calendar.TimeZone, calendar.Week ?? new Dictionary<string, string[][]>(), words.Week(hours),
            [.. hours.Ahead(today).Select(day => new CatalogueDay(
                LocalDatePattern.Iso.Format(day.Date), day.IsHoliday, [.. day.Hours.Select(each => new[] { each.From, each.To })], words.Ahead(day)))]);
    }
}
