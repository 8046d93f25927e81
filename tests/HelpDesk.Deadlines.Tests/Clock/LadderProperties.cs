using FsCheck.NUnit;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Laws of the ladder, over random histories.</summary>
[Properties(Arbitrary = [typeof(Histories)], MaxTest = 1000, QuietOnSuccess = true)]
internal sealed class LadderProperties
{
    private static IEnumerable<(Moment Moment, ClockChange Step)> Taken(History history) => history.Walk()
        .SelectMany(moment => moment.Changes.Where(change => change.What == ChangeKind.LadderClimbed).Select(change => (moment, change)));

    private static Commitment Of(TicketClock clock, ClockChange step) =>
        clock.Commitments.Single(commitment => (commitment.Kind, commitment.Cycle) == (step.Kind, step.Cycle));

    [Property]
    public bool A_step_is_taken_where_it_was_not_yet_and_stays_taken(History history) => Taken(history).All(pair =>
        !Of(pair.Moment.Before, pair.Step).Promises.Any(promise => promise.Number == pair.Step.Promise && promise.HasClimbed(pair.Step.Step!.Value))
        && Of(pair.Moment.After, pair.Step).Promises[pair.Step.Promise!.Value - 1].HasClimbed(pair.Step.Step!.Value));

    [Property]
    public bool Under_one_ladder_each_step_is_taken_once_per_promise_and_one_of_the_target_once_for_all(History history)
    {
        // A reclassification may bring another ladder, with steps of its own.
        if (history.Walk().Any(moment => moment.Happened is Reclassified)) return true;
        var taken = Taken(history).Select(pair => (pair.Step.Kind, pair.Step.Cycle, pair.Step.Promise, pair.Step.Step, Of(pair.Moment.After, pair.Step).Ladder[pair.Step.Step!.Value - 1].From)).ToList();
        var ofTarget = taken.Where(step => step.From == LadderBase.Target).Select(step => (step.Kind, step.Cycle, step.Step)).ToList();
        return taken.Distinct().Count() == taken.Count && ofTarget.Distinct().Count() == ofTarget.Count;
    }

    [Property]
    public bool Steps_are_taken_only_by_a_sweep_and_only_while_the_clock_runs(History history) => Taken(history).All(pair =>
        pair.Moment.Happened is Swept && Of(pair.Moment.Before, pair.Step).State == CommitmentState.Running);

    [Property]
    public bool No_step_is_taken_for_a_promise_that_was_withdrawn_renewed_or_kept_before(History history) => Taken(history).All(pair =>
        Of(pair.Moment.Before, pair.Step).Promises[pair.Step.Promise!.Value - 1].Outcome is PromiseOutcome.Open or PromiseOutcome.Broken);

    [Property]
    public bool After_a_sweep_no_step_is_left_that_was_due_but_for_those_of_promises_just_made(History history) =>
        history.Walk().Where(moment => moment.Happened is Swept).All(moment => moment.After.Commitments.All(commitment =>
            commitment.NextStepAt is not { } next || next > moment.At || commitment.OpenPromise?.MadeAt == moment.At));
}
