using System.Collections.Concurrent;
using HelpDesk.Calendars;
using HelpDesk.Catalogue.Words;
using HelpDesk.Delivery;
using HelpDesk.Policies;

namespace HelpDesk.Catalogue;

/// <summary>
/// The policies in force, in the order they are tried, with the calendars they count by; and the catalogue made of them, kept per language. They never change:
/// what is made of other policies is another one of these.
/// </summary>
internal sealed class PublishedRules(IReadOnlyList<ShelvedPolicy> inForce, IReadOnlyDictionary<(Guid Id, int Version), CalendarDefinition> calendars)
{
    private readonly ConcurrentDictionary<string, PreparedCatalogue> prepared = new(StringComparer.Ordinal);

    /// <summary>All of them, the unpublished ones too: a request that one of these covers is promised by it.</summary>
    public IReadOnlyList<ShelvedPolicy> InForce => inForce;

    public bool AreOf(IReadOnlyList<RulesKey> keys) => inForce.Select(policy => policy.Key).SequenceEqual(keys);

    public CalendarDefinition CalendarOf(ShelvedPolicy policy) => calendars[(policy.Key.CalendarId, policy.Key.CalendarVersion)];

    /// <summary>Made anew when a day begins in the zone of any of its calendars, since it says which days lie ahead.</summary>
    public PreparedCatalogue Catalogue(Language language, Instant now) =>
        prepared.TryGetValue(language.Code, out var known) && known.From <= now && now < known.Until ? known : prepared[language.Code] = Make(language, now);

    private PreparedCatalogue Make(Language language, Instant now)
    {
        var published = inForce.Where(policy => policy.Definition.Published).ToList();
        var words = CatalogueWords.In(language);
        var days = published.Select(policy => policy.Rules.Calendar.Zone).Distinct()
            .Select(zone => (From: zone.AtStartOfDay(now.InZone(zone).Date).ToInstant(), Until: zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant())).ToList();
        return new PreparedCatalogue(
            new CatalogueResponse(language.Code, [.. published.Select(policy => Publish.Of(policy, CalendarOf(policy), now, words))]),
            days.Count == 0 ? Instant.MinValue : days.Max(day => day.From),
            days.Count == 0 ? Instant.MaxValue : days.Min(day => day.Until));
    }
}
