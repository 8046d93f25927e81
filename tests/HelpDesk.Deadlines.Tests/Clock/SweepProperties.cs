using FsCheck.NUnit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Laws of following up and of moving promises, over random histories.</summary>
[Properties(Arbitrary = [typeof(Histories)], MaxTest = 1000, QuietOnSuccess = true)]
internal sealed class SweepProperties
{
    /// <summary>Swept in time and with somebody to reach, no promise is broken that the customer was not written to about by its instant.</summary>
    [Property]
    public bool No_lapse_is_silent(History history) => !history.Follow || history.End.Commitments.SelectMany(commitment => commitment.Promises)
        .Where(promise => promise.Outcome == PromiseOutcome.Broken).All(promise => promise.FollowedUpAt <= promise.PromisedAt
            // Without any lead the event at that very instant comes first.
            || promise.FollowUpAt == promise.PromisedAt);

    [Property]
    public bool There_is_at_most_one_follow_up_per_promise(History history)
    {
        var renewed = history.Walk().SelectMany(moment => moment.Before.Commitments.SelectMany(before => before.Promises.Select(promise =>
            (before.Kind, before.Cycle, promise.Number, Before: promise.FollowedUpAt, moment.After.Commitments
                .Single(after => (after.Kind, after.Cycle) == (before.Kind, before.Cycle)).Promises[promise.Number - 1].FollowedUpAt))))
            .Where(change => change.Before != change.FollowedUpAt).ToList();
        return renewed.Count == renewed.DistinctBy(change => (change.Kind, change.Cycle, change.Number)).Count()
            && renewed.Count == history.Walk().SelectMany(moment => moment.Changes).Count(change => change.What == ChangeKind.FollowUpSent);
    }

    [Property]
    public bool No_follow_up_leaves_for_a_promise_that_has_lapsed(History history) => history.Walk().All(moment =>
        moment.Changes.Where(change => change.What == ChangeKind.FollowUpSent)
            .All(change => (change.Before ?? change.PromisedAt) >= moment.At));

    [Property]
    public bool A_sweep_always_does_something_when_it_wakes_and_wakes_later_next_time_or_has_one_thing_less_to_do(History history) =>
        history.Walk().Where(moment => moment.Happened is Swept)
            .All(moment => moment.Changes.Count > 0 && History.Text(moment.After) != History.Text(moment.Before));

    [Property]
    public bool A_sweep_with_nothing_due_changes_nothing(History history) => history.Walk().All(moment =>
    {
        if (moment.After.WakeAt <= moment.At) return true;
        var at = moment.After.WakeAt is { } wake ? wake - Duration.FromTicks(10) : history.AsOf + Duration.FromDays(30);
        var (after, changes) = moment.After.Apply(new Swept(at, Duration.Zero));
        return changes.Count == 0 && History.Text(after) == History.Text(moment.After);
    });

    [Property]
    public bool Never_more_automatic_renewals_than_the_cap_without_a_human_in_between(History history) => history.End.Commitments.All(commitment =>
    {
        var row = 0;
        foreach (var moment in history.Walk())
        {
            if (moment.Happened is MessagePosted { Visibility: Visibility.Public, Automated: false, Author: not Author.System } or FollowUpWithdrawn) row = 0;
            var mine = moment.Changes.Where(change => change.Kind == commitment.Kind && change.Cycle == commitment.Cycle);
            row += mine.Count(change => change is { What: ChangeKind.PromiseMade, MadeBy: PromiseMaker.FollowUp or PromiseMaker.Recovery });
            var now = moment.After.Commitments.SingleOrDefault(other => (other.Kind, other.Cycle) == (commitment.Kind, commitment.Cycle));
            // A policy with a lower cap may come in after the renewals.
            if (moment.Happened is Swept && mine.Any(change => change.What == ChangeKind.PromiseMade) && row > now!.Term.MaxRenewals) return false;
        }

        return true;
    });

    [Property]
    public bool A_renewal_or_recovery_leaves_the_inner_target(History history) => history.Walk().Where(moment => moment.Happened is Swept)
        .All(moment =>
        moment.Before.Commitments.Zip(moment.After.Commitments).All(pair => pair.First.DueAt == pair.Second.DueAt && pair.First.State == pair.Second.State));

    [Property]
    public bool A_promise_moves_later_only_by_a_renewal_a_recovery_or_a_pause(History history) => history.Walk().All(moment =>
        moment.Happened is Swept or StatusChanged or MessagePosted or TicketOpened
        || moment.Before.Commitments.Zip(moment.After.Commitments).All(pair =>
            pair.First.PromisedAt is not { } before || pair.Second.PromisedAt is not { } after || after <= before));

    [Property]
    public bool Reclassifying_moves_no_promise_that_was_renewed_and_none_into_the_past(History history) => history.Walk()
        .Where(moment => moment.Happened is Reclassified).All(moment => moment.Before.Commitments.Zip(moment.After.Commitments).All(pair =>
            pair.Second.PromisedAt is not { } after || pair.First.PromisedAt is not { } before || after == before || (pair.First.Renewals == 0 && after > moment.At)));

    [Property]
    public bool Reclassifying_rewrites_nothing_that_was_met_or_had_lapsed(History history) => history.Walk()
        .Where(moment => moment.Happened is Reclassified).All(moment => moment.Before.Commitments.Zip(moment.After.Commitments)
            .Where(pair => !pair.First.IsOpen || pair.First.HasLapsed(moment.At)).All(pair => History.Text(pair.First) == History.Text(pair.Second)));
}
