using FsCheck.NUnit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Laws of the clock, over random histories. A failure prints its history and the seed that replays it (Replay = "…").</summary>
[Properties(Arbitrary = [typeof(Histories)], MaxTest = 1000, QuietOnSuccess = true)]
internal sealed class HistoryProperties
{
    private static readonly Duration Microsecond = Duration.FromTicks(10);

    private static IEnumerable<(Moment Moment, Commitment Commitment)> All(History history) =>
        history.Walk().SelectMany(moment => moment.After.Commitments.Select(commitment => (moment, commitment)));

    [Property]
    public bool Replaying_a_history_and_taking_it_step_by_step_are_the_same(History history)
    {
        var played = history.Play();
        return History.Text(played.Clock) == History.Text(history.End)
            && played.Journal.SequenceEqual(history.Walk().SelectMany(moment => moment.Changes));
    }

    [Property]
    public bool The_same_events_give_the_same_answer(History history) => History.Text(history.Play().Clock) == History.Text(history.Play().Clock);

    [Property]
    public bool Any_beginning_of_a_history_replayed_is_where_the_steps_stood_then(History history)
    {
        var events = new List<TicketEvent>();
        var last = history.Opened.At;
        foreach (var moment in history.Walk().Where(moment => moment.IsScripted))
        {
            var asOf = moment.At - Microsecond;
            if (asOf >= last)
            {
                var played = TicketHistory.Play(history.Opened, history.Rules, events, asOf, history.Follow ? history.Gap : null);
                if (History.Text(played.Clock) != History.Text(moment.Before)) return false;
            }

            last = moment.At;
            events.Add(moment.Happened!);
        }

        return true;
    }

    [Property]
    public bool What_the_explanation_counts_adds_up_to_the_time_used(History history) => All(history).All(pair =>
    {
        var asOf = pair.Moment.At + history.Rest;
        var segments = Explanation.Segments(pair.Commitment, asOf).ToList();
        return segments.Aggregate(Duration.Zero, (sum, segment) => sum + segment.Counted) == pair.Commitment.UsedAt(asOf);
    });

    [Property]
    public bool What_is_counted_is_whole_microseconds_and_never_more_than_its_stretch(History history) => history.End.Commitments.All(commitment =>
        Explanation.Segments(commitment, history.AsOf).All(segment =>
            segment.Counted.BclCompatibleTicks % 10 == 0 && segment.Counted == (segment.As == SegmentKind.Working ? segment.To - segment.From : Duration.Zero)));

    [Property]
    public bool Every_reason_in_the_journal_is_one_of_those_that_are_listed(History history) =>
        history.Play().Journal.All(change => change.Reason is null || ChangeReasons.All.Contains(change.Reason));

    [Property]
    public bool Explained_stretches_touch_each_other_from_start_to_end(History history) => history.End.Commitments.All(commitment =>
    {
        var (at, end) = (commitment.StartedAt, commitment.EndedAt ?? history.AsOf);
        foreach (var segment in Explanation.Segments(commitment, history.AsOf))
        {
            if (segment.From != at || segment.To <= at) return false;
            at = segment.To;
        }

        return at == end;
    });

    [Property]
    public bool Time_used_never_falls(History history) => All(history).All(pair =>
        pair.Commitment.UsedAt(pair.Moment.At) >= Duration.Zero
        && pair.Commitment.UsedAt(pair.Moment.At) <= pair.Commitment.UsedAt(pair.Moment.At + Microsecond)
        && pair.Commitment.UsedAt(pair.Moment.At) <= pair.Commitment.UsedAt(pair.Moment.At + history.Rest));

    [Property]
    public bool The_ledger_only_grows_and_what_was_told_is_never_rewritten(History history) => history.Walk().All(moment =>
        moment.Before.Commitments.All(before =>
        {
            var after = moment.After.Commitments.Single(commitment => commitment.Kind == before.Kind && commitment.Cycle == before.Cycle);
            return after.Promises.Length >= before.Promises.Length && before.Promises.Zip(after.Promises).All(pair => IsSamePromise(pair.First, pair.Second));
        }));

    private static bool IsSamePromise(Promise before, Promise after) =>
        (before.Number, before.PromisedAt, before.MadeAt, before.MadeBy, before.Reason)
            == (after.Number, after.PromisedAt, after.MadeAt, after.MadeBy, after.Reason)
        && (before.FollowedUpAt is null || before.FollowedUpAt == after.FollowedUpAt)
        // Once ended it stays so, but for one that a follow-up did not replace after all, or that a pause left nothing of.
        && (before.Outcome == after.Outcome || before.Outcome == PromiseOutcome.Open
            || (after.Outcome == PromiseOutcome.Open && before.Outcome is PromiseOutcome.Renewed or PromiseOutcome.Withdrawn));

    [Property]
    public bool What_is_promised_stands_in_the_ledger(History history) => All(history).All(pair =>
        pair.Commitment.PromisedAt is not { } promised || pair.Commitment.Promises.Any(promise => promise.PromisedAt == promised));

    [Property]
    public bool At_most_one_promise_of_a_commitment_is_open_and_only_while_it_is_owed_and_runs(History history) => All(history).All(pair =>
        pair.Commitment.Promises.Count(promise => promise.Outcome == PromiseOutcome.Open) is var open
        && open <= (pair.Commitment.State == CommitmentState.Running ? 1 : 0)
        && pair.Commitment.Promises.All(promise => (promise.Outcome == PromiseOutcome.Open) == (promise.EndedAt is null)));

    [Property]
    public bool Of_each_kind_at_most_one_is_owed_callbacks_apart_and_of_responses_one(History history) => history.Walk().All(moment =>
        moment.After.Commitments.Where(commitment => commitment.IsOpen && commitment.Kind != CommitmentKind.Callback)
            .GroupBy(commitment => commitment.IsResponse ? CommitmentKind.NextResponse : commitment.Kind).All(owed => owed.Count() == 1));

    [Property]
    public bool What_has_ended_has_no_follow_up_and_never_changes_again(History history) => history.Walk().All(moment =>
        moment.After.Commitments.Where(commitment => !commitment.IsOpen)
            .All(commitment => commitment.FollowUpAt is null && commitment.WakeAt is null && commitment.Used is not null)
        && moment.Before.Commitments.Zip(moment.After.Commitments).Where(pair => !pair.First.IsOpen).All(pair =>
            History.Text(pair.First with { ReopenedAt = null }) == History.Text(pair.Second with { ReopenedAt = null })));

    [Property]
    public bool While_paused_nothing_is_due_promised_or_followed_up(History history) => All(history).All(pair =>
        pair.Commitment.State != CommitmentState.Paused
        || pair.Commitment is { DueAt: null, PromisedAt: null, FollowUpAt: null, WakeAt: null, OpenPromise: null });

    [Property]
    public bool What_runs_is_due_and_promised(History history) => All(history).All(pair =>
        pair.Commitment.State != CommitmentState.Running || pair.Commitment is { DueAt: not null, PromisedAt: not null });

    [Property]
    public bool A_commitment_is_paused_exactly_in_the_statuses_its_term_lists(History history) => All(history).All(pair =>
        !pair.Commitment.IsOpen || (pair.Commitment.State == CommitmentState.Paused) == pair.Commitment.Term.PausesIn.Contains(pair.Moment.After.Status)
        // Nothing that has lapsed is retargeted, so its own term's pauses still hold.
        || pair.Commitment.HasLapsed(pair.Moment.At));

    [Property]
    public bool It_is_broken_where_a_promise_was_and_only_there(History history) => history.End.Commitments.All(commitment =>
        commitment.IsOpen || (commitment.State == CommitmentState.Broken) == commitment.Promises.Any(promise => promise.Outcome == PromiseOutcome.Broken));

    [Property]
    public bool A_promise_is_kept_at_or_before_its_instant_and_broken_after_it(History history) => history.End.Commitments.All(commitment =>
        commitment.Promises.All(promise => promise.Outcome switch
        {
            PromiseOutcome.Kept or PromiseOutcome.Renewed => promise.EndedAt <= promise.PromisedAt,
            PromiseOutcome.Broken => promise.EndedAt > promise.PromisedAt,
            _ => true,
        }));

    [Property]
    public bool A_promise_lies_ahead_when_it_is_made_and_its_follow_up_in_between(History history) => history.Walk().All(moment =>
        moment.After.Commitments.SelectMany(commitment => commitment.Promises).Where(promise => promise.MadeAt == moment.At)
            .All(promise => promise.PromisedAt > promise.MadeAt && promise.FollowUpAt <= promise.PromisedAt && promise.FollowUpAt >= promise.MadeAt));
}
