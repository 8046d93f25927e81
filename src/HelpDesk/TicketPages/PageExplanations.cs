using HelpDesk.Commitments.Explaining;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

/// <summary>Why each promise stands where it does: where the time went that it is counted in, and what happened, as the customer may know it.</summary>
internal sealed class PageExplanations(Languages languages, DeskSettings desk, HelpDeskDb db)
{
    public async Task<IReadOnlyList<PageExplanation>> Of(PageFrame frame, Visit visit, PageDates dates, CancellationToken cancel)
    {
        var words = TicketPageWords.Of(frame.Language);
        var telling = new Telling(languages.For(frame.Language.Tag), visit.Reader.ZoneOr(desk.Zone), ForCustomer: true);
        var explained = (await ExplainTicket.Explain(visit.Matter, telling, db, visit.Now, cancel)).Commitments.ToDictionary(each => each.Id);
        return [.. visit.Matter.Clock.Commitments.Where(commitment => !visit.IsGuest || commitment.IsOpen).Select(commitment =>
        {
            var (_, _, steps, segments) = explained[visit.Matter.Ledger.IdOf(commitment)];
            // To a guest belongs what happened since the matter is hers.
            var told = steps.Where(step => !visit.IsGuest || step.At > visit.JoinedAt).Select(step => new PageStep(dates.Of(step.At), step.Text));
            var times = segments.ToLookup(segment => segment.As);
            string? Left(SegmentKind kind) => Sum(times[kind].Select(each => each.To - each.From)) is var sum && sum >= Duration.FromMinutes(1) ? words.Amount(sum) : null;
            return new PageExplanation(
                words.Counted(
                    dates.What(commitment.Kind, commitment.Words), dates.Of(commitment.StartedAt).Text, words.Amount(Sum(times[SegmentKind.Working].Select(each => each.Counted))),
                    commitment.Term.Hours == TermHours.AroundTheClock, Left(SegmentKind.Closed), Left(SegmentKind.Holiday), Left(SegmentKind.Paused)),
                [.. told]);
        })];
    }

    private static Duration Sum(IEnumerable<Duration> some) => some.Aggregate(Duration.Zero, (sum, each) => sum + each);
}
