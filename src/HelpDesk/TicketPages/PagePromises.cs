using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

/// <summary>What is and was promised to the reader of a page. Targets, ladders and whom they call are the desk's own affair.</summary>
internal sealed class PagePromises(Languages languages, DeskSettings desk)
{
    public PageDates Dates(PageFrame frame, Visit visit) => new(languages.For(frame.Language.Tag), visit.Reader.ZoneOr(desk.Zone));

    public IReadOnlyList<PagePromise> Owed(PageFrame frame, Visit visit)
    {
        var (words, dates) = (TicketPageWords.Of(frame.Language), Dates(frame, visit));
        return [.. visit.Matter.Clock.Commitments.Where(commitment => commitment.IsOpen)
            .OrderBy(commitment => commitment.OpenPromise?.PromisedAt ?? Instant.MaxValue).Select(commitment => One(words, dates, visit, commitment))];
    }

    private static PagePromise One(TicketPageWords words, PageDates dates, Visit visit, Commitment commitment)
    {
        var what = dates.What(commitment.Kind, commitment.Words);
        if (commitment.State == CommitmentState.Paused)
        {
            return new(what, null, null, visit.Matter.Status == TicketStatus.WaitingOnCustomer ? words.PausedForReader : words.PausedForOthers, "still");
        }

        if (commitment.OpenPromise is not { } promise) return new(what, null, null, commitment.HasLapsed(visit.Now) ? $"{words.Overdue} {words.NoNewDate}" : words.NoNewDate, "bad");
        var isLate = promise.PromisedAt < visit.Now;
        return new(
            what, dates.Of(promise.PromisedAt), words.Away(promise.PromisedAt - visit.Now), isLate ? words.Overdue : commitment.LapsedAt is not null ? words.PromisedAnew : null,
            isLate ? "bad" : commitment.LapsedAt is not null ? "warn" : "calm");
    }

    /// <summary>The newest first. To a guest belongs what was said since the matter is hers, beside all that was said on her own ticket.</summary>
    public IReadOnlyList<PastPromise> History(PageFrame frame, Visit visit)
    {
        var (words, dates) = (TicketPageWords.Of(frame.Language), Dates(frame, visit));
        var own = visit.IsGuest ? Made(visit.Own) : [];
        return [.. Made(visit.Matter)
            .Where(each => !visit.IsGuest || each.Promise.MadeAt > visit.JoinedAt || each.Promise.Outcome == PromiseOutcome.Open)
            .Concat(own)
            .OrderByDescending(each => each.Promise.MadeAt).ThenBy(each => each.Commitment.Kind).ThenByDescending(each => each.Promise.Number)
            .Select(each => Past(words, dates, visit, each))];
    }

    private static IEnumerable<MadePromise> Made(Ticket ticket) =>
        ticket.Clock.Commitments.SelectMany(commitment => commitment.Promises.Select(promise => new MadePromise(ticket, commitment, promise)));

    /// <summary>What was told to its customer alone, and to nobody where nobody could be reached.</summary>
    private static string? Why(Visit visit, MadePromise made) =>
        made.Ticket.Ledger.ToldVia(made.Commitment, made.Promise) is null || (visit.IsGuest && made.Ticket.Id != visit.Own.Id && !(made.Promise.MadeAt > visit.JoinedAt))
            ? null : made.Ticket.Ledger.WhyOf(made.Commitment, made.Promise);

    private static PastPromise Past(TicketPageWords words, PageDates dates, Visit visit, MadePromise made)
    {
        var (commitment, promise) = (made.Commitment, made.Promise);
        // What no sweep has found yet has lapsed all the same.
        var outcome = promise.Outcome == PromiseOutcome.Open && promise.PromisedAt < visit.Now ? PromiseOutcome.Broken : promise.Outcome;
        return new(
            dates.What(commitment.Kind, commitment.Words), dates.Of(promise.PromisedAt), dates.Of(promise.MadeAt),
            outcome == PromiseOutcome.Withdrawn ? words.Withdrawn(Why(commitment, promise)) : words.Outcome(outcome),
            outcome switch { PromiseOutcome.Kept => "good", PromiseOutcome.Broken => "bad", PromiseOutcome.Open => "calm", PromiseOutcome.Renewed => "warn", _ => "still" },
            Why(visit, made));
    }

    private static Withdrawal Why(Commitment commitment, Promise promise) =>
        commitment.Pauses.Any(pause => pause.From == promise.EndedAt) ? Withdrawal.Paused
        : commitment.EndedAt == promise.EndedAt ? Withdrawal.Ended
        : Withdrawal.Replaced;

    private sealed record MadePromise(Ticket Ticket, Commitment Commitment, Promise Promise);
}
