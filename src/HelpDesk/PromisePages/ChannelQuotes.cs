using HelpDesk.Catalogue;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Policies;
using HelpDesk.Web;

namespace HelpDesk.PromisePages;

/// <summary>What somebody who wrote now would be promised, asked as a quote is: on each channel that a published policy names, and on any other.</summary>
internal static class ChannelQuotes
{
    private const int MostChannels = 12;

    public static IReadOnlyList<ChannelQuote> Of(PublishedRules rules, IEnumerable<ShelvedPolicy> published, PromisePageWords words, Language language, PromiseDates dates)
    {
        var channels = published.SelectMany(policy => policy.Definition.When?.Channel ?? []).Distinct(StringComparer.Ordinal).Take(MostChannels);
        var asked = channels.Select(channel => (Name: words.Channel(channel), Things: Ask(rules, new(Channel: channel), language, dates)))
            .Append((Name: words.AnyOtherWay, Things: Ask(rules, new(), language, dates)))
            .Where(each => each.Things.Count > 0)
            // Ways of one speed stand together.
            .GroupBy(each => string.Join('|', each.Things.Select(thing => $"{thing.What} {thing.By.Iso}")))
            .ToList();
        return [.. asked.Select(group => new ChannelQuote(
            group.Any(each => each.Name == words.AnyOtherWay) && asked.Count == 1 ? null : Capital(string.Join(", ", group.Select(each => each.Name).Distinct())),
            group.First().Things[0], group.First().Things[1..]))];
    }

    private static List<QuotedThing> Ask(PublishedRules rules, QuoteRequest request, Language language, PromiseDates dates)
    {
        try
        {
            return
            [
                .. Quote.Of(rules, request, dates.Now, dates.Zone, language).Commitments
                    .Where(owed => owed.PromisedAt is not null).OrderBy(owed => owed.PromisedAt)
                    .Select(owed => new QuotedThing(language.What(owed.Kind.ToWord()), dates.Of(owed.PromisedAt!.Value))),
            ];
        }
        catch (Refusal)
        {
            // A calendar that does not open for years promises nothing.
            return [];
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
