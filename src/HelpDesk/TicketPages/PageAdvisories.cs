using HelpDesk.Advisories;
using HelpDesk.Delivery;
using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

/// <summary>The published advisories that cover a ticket, for who looks at its page.</summary>
internal sealed class PageAdvisories(AdvisoryShelf shelf, Languages languages)
{
    public async Task<IReadOnlyList<AdvisoryNotice>> For(PageFrame frame, Visit visit, PageDates dates, CancellationToken cancel)
    {
        var active = await shelf.Read(visit.Now, cancel);
        // A guest's ticket goes on as another customer's, of whom nothing is shown.
        var matter = visit.Matter.Matter with { Tier = visit.Reader.Tier, Locale = visit.Reader.Locale };
        string?[] wanted = frame.IsChosen ? [frame.Language.Tag] : [visit.Reader.Locale, frame.Language.Tag];
        return [.. active.All.Where(advisory => advisory.Covers(matter)).Select(advisory => AdvisoryNotice.Of(advisory, frame.Language, wanted, languages, Date))];

        (string Text, string Iso) Date(Instant at) => (dates.Of(at).Text, dates.Of(at).Iso);
    }
}
