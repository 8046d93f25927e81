using HelpDesk.Deadlines;

namespace HelpDesk.Commitments.Explaining;

internal sealed class EnglishSteps : StepProse
{
    protected override string Code => "en";

    protected override string OtherTerms => "other terms now apply to your request";

    public override string Counted(string amount, bool aroundTheClock) => aroundTheClock ? $"{amount} around the clock" : $"{amount} of working time";

    protected override string Joined(string clause) => $" because {clause}";

    protected override string Stretch(SegmentKind kind) => kind switch
    {
        SegmentKind.Working => "working time",
        SegmentKind.Closed => "closed",
        SegmentKind.Holiday => "holiday",
        _ => "the clock stood still",
    };

    protected override string? Clause(string reason, bool forCustomer) => reason switch
    {
        "new" => "the request is new",
        "open" => "the request is open",
        "waiting_on_customer" => forCustomer ? "we wait for your answer" : "we wait for the customer",
        "on_hold" => "the request is on hold",
        "resolved" => "the request was resolved",
        "closed" => "the request was closed",
        "priority" => "the priority changed",
        "queue" => "the queue changed",
        "category" => "the category changed",
        "tags" => "the tags changed",
        "policy" => "another policy applies",
        "calendar" => "the working hours changed",
        "ladder" => "the priority was raised",
        "merged" => "the request was joined with another",
        "resumed" => "the clock goes on",
        "not_sent" => "the message with the new date had not left",
        "cap" => "the date has been put off as often as the policy allows",
        "unreachable" => "there was nobody to reach",
        "nobody" => "there was nobody to call in",
        _ => null,
    };

    protected override string Text(StepFacts step) => (step.Change.What, step.ForCustomer) switch
    {
        (ChangeKind.CommitmentStarted, _) => Started(step),
        (ChangeKind.CommitmentPaused, _) => $"The clock stopped{step.Why}, with {step.Used} used. Nothing is promised until it goes on.",
        (ChangeKind.CommitmentResumed, true) => $"The clock went on{step.Why}.",
        (ChangeKind.CommitmentResumed, _) => $"The clock went on{step.Why}, with {step.Used} used. The rest counts from here, up to {step.Due}{Promised(step)}.",
        (ChangeKind.CommitmentRetargeted, _) => step.HasDue
            ? $"Counted anew from the same start{step.Why}: {step.Target}, up to {step.Due}{Promised(step)}."
            : $"Counted anew from the same start{step.Why}: {step.Target}. The clock stands still.",
        (ChangeKind.CommitmentKept, _) => $"Done after {step.Used}: kept.",
        (ChangeKind.CommitmentBroken, _) => $"Ended after {step.Used}{step.Why}. A promised date had passed: broken.",
        (ChangeKind.CommitmentCancelled, _) => $"Ended after {step.Used}{step.Why}: neither kept nor broken.",
        (ChangeKind.CommitmentReopened, _) => "The request was opened again. What was judged here stays.",
        (ChangeKind.PromiseMade, _) => step.Renews
            ? $"We promised a new date{step.Why}: {step.Promised}, in place of {step.Before}."
            : $"We promised this by {step.Promised}{step.Why}.",
        (ChangeKind.PromiseRenewed, _) => $"The promise by {step.Promised} was replaced before it lapsed: renewed.",
        (ChangeKind.PromiseKept, _) => $"The promise by {step.Promised} was kept.",
        (ChangeKind.PromiseBroken, _) => $"The promise by {step.Promised} lapsed: broken.",
        (ChangeKind.PromiseWithdrawn, _) => $"The promise by {step.Promised} was withdrawn{step.Why}.",
        (ChangeKind.PromiseRestored, _) => $"The promise by {step.Promised} stands again.",
        (ChangeKind.FollowUpSent, _) => FollowedUp(step),
        (ChangeKind.FollowUpUnreachable, _) => $"The customer was to be written to before {step.Promised}, and could not be reached. The agent was told.",
        (ChangeKind.FollowUpWithdrawn, _) => "The message before the promise lapsed had not left, and was withdrawn.",
        (ChangeKind.RecoveryStarted, _) => Recovered(step),
        (ChangeKind.LadderClimbed, _) => $"{Climbed(step.Change)}, for the promise by {step.Promised}{step.Why}.",
        var (what, _) => throw new ArgumentOutOfRangeException(nameof(step), what, "A change without words."),
    };

    private static string Started(StepFacts step) => (step.HasDue, step.ForCustomer) switch
    {
        (true, true) => "The clock started.",
        (true, false) => $"The clock started: {step.Target}, up to {step.Due}{Promised(step)}.",
        (false, true) => "The clock stands still for now.",
        _ => $"The clock started standing still, with {step.Target} to go.",
    };

    private static string Promised(StepFacts step) => step.PromisesOther ? $"; promised by {step.Promised}" : "";

    private static string FollowedUp(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"We wrote to you before {step.Before} had passed, with a new date: {step.Promised}.",
        (true, false) => $"The customer was written to before {step.Before} had passed, with a new date: {step.Promised}.",
        (false, true) => $"We wrote to you that we may not keep to {step.Promised}, and called people in.",
        _ => $"The customer was told that {step.Promised} may not hold, and who was called in. Nothing new is promised{step.Why}.",
    };

    private static string Recovered(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"We apologised to you for {step.Before}, with a new date: {step.Promised}.",
        (true, false) => $"The customer was sent an apology for {step.Before}, with a new date: {step.Promised}.",
        (false, true) => $"We apologised to you for {step.Promised}. There is no new date yet.",
        _ => $"An apology was due for {step.Promised}. Nothing new is promised{step.Why}.",
    };

    private static string Climbed(ClockChange change) => (change.Kind, change.Do) switch
    {
        (CommitmentKind.Callback, _) => "The agent was alerted before the customer is written to",
        (_, LadderStep.RaisePriority) => $"Step {change.Step} of the ladder: the priority was raised by one",
        (_, "reassign") => $"Step {change.Step} of the ladder: given to {Whom(change.To)}",
        _ => $"Step {change.Step} of the ladder: {Whom(change.To)} notified",
    };

    private static string Whom(string? to) => to switch
    {
        "assignee" => "the assignee",
        "queue" => "the agents of the queue",
        "lead" => "the lead of the queue",
        _ => to ?? "nobody",
    };
}
