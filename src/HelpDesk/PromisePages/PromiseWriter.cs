using HelpDesk.Advisories;
using HelpDesk.Catalogue;
using HelpDesk.Catalogue.Words;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;

namespace HelpDesk.PromisePages;

/// <summary>Puts what is published, and how it was kept, into the reader's language and zone.</summary>
internal sealed class PromiseWriter(Languages languages, DeskSettings desk)
{
    public PromisePageModel Write(PromiseAsk ask, PublishedRules rules, PublicRecord? record, ActiveAdvisories advisories, Instant now)
    {
        var words = PromisePageWords.Of(ask.Language);
        var language = languages.For(ask.Language.Tag);
        var published = rules.InForce.Where(policy => policy.Definition.Published).ToList();
        // Who names none is shown the hours as they are kept.
        var zone = ask.Zone ?? (published.Count > 0 ? published[0].Rules.Calendar.Zone : desk.Zone);
        var dates = new PromiseDates(ask.Language, language, zone, now);
        var catalogue = rules.Catalogue(language, now).Response;
        return new(
            words, ask.Parts, new(dates.ZoneName, ask.Zone is not null, ask.IsZoneUnknown),
            ask.Parts.HasFlag(PromiseParts.Advisories) ? [.. advisories.All.Select(advisory => AdvisoryNotice.Of(advisory, ask.Language, [ask.Language.Tag], languages, dates.Plain))] : [],
            ask.Parts.HasFlag(PromiseParts.Quote) && published.Count > 0 ? ChannelQuotes.Of(rules, published, words, language, dates) : [],
            Policies(catalogue, words, language),
            ask.Parts.HasFlag(PromiseParts.Hours) ? OpeningWeeks.Of(rules, published, words, CatalogueWords.In(language), dates) : [],
            record is not null && ask.Parts.HasFlag(PromiseParts.Strip) ? RecordWriter.Of(record, words, PromiseDates.NameOf(desk.Zone)) : null);
    }

    private static IReadOnlyList<PromisedPolicy> Policies(CatalogueResponse catalogue, PromisePageWords words, Language language) =>
    [
        .. catalogue.Policies.Select((policy, index) => new PromisedPolicy(
            catalogue.Policies.Count == 1 && policy.Covers.Count == 0 ? null : policy.Name,
            policy.Description,
            policy.Covers.Count > 0 ? policy.Covers : [index == 0 ? words.ForAll : words.ForAllOthers],
            [.. policy.Terms.Select(term => Term(term, words, language))],
            policy.FollowUp, policy.Reopening)),
    ];

    private static PromisedTerm Term(CatalogueTerm term, PromisePageWords words, Language language) => new(
        term.Name, term.Words, term.Pauses,
        [.. term.ByPriority.Select(other => new PromisedDifference(
            other.Name,
            language.Say(other.Hours == TermHours.AroundTheClock ? Amount.OfElapsed(other.Promise.Value) : Amount.Of(other.Promise.Value)),
            other.Hours == TermHours.AroundTheClock ? words.AroundTheClock : words.WorkingTime,
            other.Pauses == term.Pauses ? null : other.Pauses))]);
}
