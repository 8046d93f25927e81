using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace HelpDesk.Deadlines;

/// <summary>A stretch of a commitment's life, <c>[From, To)</c>, what it was, and how much of it was counted (zero unless working).</summary>
public readonly record struct ExplainedSegment(Instant From, Instant To, SegmentKind As, Duration Counted);

/// <summary>One thing that happened to a commitment, in words.</summary>
public readonly record struct ExplainedStep(Instant At, string What, string Text);

/// <summary>Why a commitment stands where it does: what happened, and which time was counted.</summary>
public static class Explanation
{
    private static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.CreateWithInvariantCulture("yyyy'-'MM'-'dd HH':'mm':'ss;FFFFFF");

    /// <summary>
    /// The stretches from the start to the end (or to <paramref name="asOf"/>, exclusive, while owed), each touching the next. What they counted adds up
    /// to <see cref="Commitment.UsedAt"/> exactly.
    /// </summary>
    public static IEnumerable<ExplainedSegment> Segments(Commitment commitment, Instant asOf)
    {
        var end = commitment.EndedAt ?? asOf;
        var from = commitment.StartedAt;
        foreach (var pause in commitment.Pauses)
        {
            foreach (var segment in Counted(commitment, from, Instant.Min(pause.From, end))) yield return segment;
            from = pause.To is { } to && to < end ? to : end;
            if (from > pause.From) yield return new ExplainedSegment(pause.From, from, SegmentKind.Paused, Duration.Zero);
        }

        foreach (var segment in Counted(commitment, from, end)) yield return segment;
    }

    private static IEnumerable<ExplainedSegment> Counted(Commitment commitment, Instant from, Instant to)
    {
        if (to <= from) yield break;
        foreach (var segment in commitment.Hours.Segments(from, to))
        {
            var counted = segment.Kind == SegmentKind.Working ? segment.To - segment.From : Duration.Zero;
            yield return new ExplainedSegment(segment.From, segment.To, segment.Kind, counted);
        }
    }

    /// <summary>What happened to one commitment, from its journal, in English, with times in <paramref name="zone"/>.</summary>
    public static IEnumerable<ExplainedStep> Steps(IEnumerable<ClockChange> journal, DateTimeZone zone)
    {
        foreach (var change in journal) yield return new ExplainedStep(change.At, What(change.What), Text(change, zone));
    }

    /// <summary>The stable word of a step, such as <c>commitment_started</c>.</summary>
    public static string What(ChangeKind kind) => string.Concat(kind.ToString().Select((letter, index) =>
        char.IsUpper(letter) && index > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static string Text(ClockChange change, DateTimeZone zone)
    {
        string When(Instant? instant) => instant is { } at ? $"{LocalTime.Format(at.InZone(zone).LocalDateTime)} {zone.Id}" : "no date";
        var why = change.Reason is null ? "" : $" ({change.Reason})";
        return change.What switch
        {
            ChangeKind.CommitmentStarted when change.DueAt is null => $"Started standing still, with {Amount(change.Target)} to go.",
            ChangeKind.CommitmentStarted =>
                $"The clock started: {Amount(change.Target)} of {HoursWord(change.Hours)}, used up at {When(change.DueAt)}; promised by {When(change.PromisedAt)}.",
            ChangeKind.CommitmentPaused => $"The clock stopped{why} with {Amount(change.Used)} used; nothing is promised until it goes on.",
            ChangeKind.CommitmentResumed =>
                $"The clock went on{why} with {Amount(change.Used)} used; the rest counts from here: due {When(change.DueAt)}, promised by {When(change.PromisedAt)}.",
            ChangeKind.CommitmentRetargeted =>
                $"Counted anew{why} from the same start: {Amount(change.Target)} of {HoursWord(change.Hours)}, due {When(change.DueAt)}; promised by {When(change.PromisedAt)}.",
            ChangeKind.CommitmentKept => $"Met with {Amount(change.Used)} used: kept.",
            ChangeKind.CommitmentBroken => $"Ended{why} with {Amount(change.Used)} used, after a promise had lapsed: broken.",
            ChangeKind.CommitmentCancelled => $"Ended{why} with {Amount(change.Used)} used: neither kept nor broken.",
            ChangeKind.CommitmentReopened => "The ticket was reopened; this verdict stays, and a new cycle starts.",
            ChangeKind.PromiseMade when change.Before is not null => $"Promised anew{why} by {When(change.PromisedAt)}, in place of {When(change.Before)}.",
            ChangeKind.PromiseMade => $"Promised{why} by {When(change.PromisedAt)}.",
            ChangeKind.PromiseRenewed => $"The promise by {When(change.PromisedAt)} was replaced before it lapsed: renewed.",
            ChangeKind.PromiseKept => $"The promise by {When(change.PromisedAt)} was kept.",
            ChangeKind.PromiseBroken => $"The promise by {When(change.PromisedAt)} lapsed: broken.",
            ChangeKind.PromiseWithdrawn => $"The promise by {When(change.PromisedAt)} was withdrawn{why}.",
            ChangeKind.PromiseRestored => $"The promise by {When(change.PromisedAt)} stands again.",
            ChangeKind.FollowUpSent when change.Before is null =>
                $"The customer was told that {When(change.PromisedAt)} may not hold and who was called in; the cap on renewals is reached, so nothing new is promised.",
            ChangeKind.FollowUpSent => $"The customer was written to before {When(change.Before)} lapsed, with the new date {When(change.PromisedAt)}.",
            ChangeKind.FollowUpUnreachable => $"A follow-up was due before {When(change.PromisedAt)}, and there was nobody to reach; the agent was told.",
            ChangeKind.FollowUpWithdrawn => "The follow-up had not left and was withdrawn.",
            ChangeKind.RecoveryStarted when change.Before is null => $"An apology was due for {When(change.PromisedAt)}{why}; nothing new is promised.",
            ChangeKind.RecoveryStarted => $"An apology for {When(change.Before)}, with the new date {When(change.PromisedAt)}.",
            ChangeKind.LadderClimbed => $"{Climbed(change)}, for the promise by {When(change.PromisedAt)}{why}.",
            _ => What(change.What),
        };
    }

    private static string Climbed(ClockChange change) => (change.Kind, change.Do) switch
    {
        (CommitmentKind.Callback, _) => "The agent was alerted before the customer is written to",
        (_, "notify") => $"Step {change.Step} of the ladder was taken: {change.To} notified",
        (_, LadderStep.RaisePriority) => $"Step {change.Step} of the ladder was taken: the priority raised by one",
        (_, "reassign") => $"Step {change.Step} of the ladder was taken: given to {change.To}",
        _ => $"Step {change.Step} of the ladder was taken: {change.Do}",
    };

    private static string HoursWord(TermHours? hours) => hours == TermHours.AroundTheClock ? "time around the clock" : "working time";

    private static string Amount(Duration? amount)
    {
        if (amount is not { } duration) return "nothing";
        var seconds = (decimal)(duration.BclCompatibleTicks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        var hours = (long)Math.Floor(duration.TotalHours);
        string[] parts =
        [
            .. hours > 0 ? [$"{hours} h"] : Array.Empty<string>(),
            .. duration.Minutes > 0 ? [$"{duration.Minutes} min"] : Array.Empty<string>(),
            .. seconds > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{seconds:0.######} s")] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "no time" : string.Join(' ', parts);
    }
}
