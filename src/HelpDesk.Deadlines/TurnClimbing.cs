namespace HelpDesk.Deadlines;

// How the ladder of a commitment is climbed: each step once per promise, in the order in which they came up.
internal sealed partial class Turn
{
    private bool HasStepDue(Commitment commitment) => commitment.NextStepAt <= at;

    private Commitment Climb(Commitment commitment)
    {
        foreach (var step in commitment.StepsDue(at).ToList())
        {
            // The truth comes first: a step from the lapse follows the lapse.
            if (step.Step.From == LadderBase.Lapse && IsLapsed(commitment)) commitment = BreakIfLapsed(commitment) with { OwesRecovery = true };
            commitment = Take(commitment, step);
        }

        return commitment;
    }

    /// <summary>A callback whose follow-up goes with another's, before its time: still the agent hears of it before the customer.</summary>
    private Commitment AlertFirst(Commitment commitment)
    {
        if (commitment.Kind != CommitmentKind.Callback || commitment.OpenPromise!.HasClimbed(1)) return commitment;
        return Take(commitment, new LadderInstant(commitment.OpenPromise.Number, 1, commitment.Ladder[0], at));
    }

    private Commitment Take(Commitment commitment, LadderInstant step)
    {
        changes.Add(new ClockChange(at, ChangeKind.LadderClimbed, commitment.Kind, commitment.Cycle)
        {
            Promise = step.Promise,
            PromisedAt = commitment.Promises[step.Promise - 1].PromisedAt,
            Step = step.Number,
            Do = step.Step.Do,
            To = step.Step.To,
        });
        return commitment.Taken(step);
    }
}
