namespace HelpDesk.Deadlines;

// What becomes of clocks that nobody looked at while time passed.
internal sealed partial class Turn
{
    public Turn PassBy()
    {
        ForEachOpen(_ => true, PassBy);
        return this;
    }

    private Commitment PassBy(Commitment commitment)
    {
        foreach (var step in commitment.StepsDue(at).ToList()) commitment = commitment.Taken(step);
        return BreakIfLapsed(commitment) with { OwesRecovery = false };
    }
}
