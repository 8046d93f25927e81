namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>What tests read from a played history, in words.</summary>
internal static class Reading
{
    public static Commitment The(this Played played, CommitmentKind kind, int cycle = 1) =>
        played.Clock.Commitments.Single(commitment => commitment.Kind == kind && commitment.Cycle == cycle);

    /// <summary>Every commitment as "first_response 1", in the order they began.</summary>
    public static string[] Kinds(this Played played) =>
        [.. played.Clock.Commitments.Select(commitment => $"{commitment.Kind.ToWord()} {commitment.Cycle}")];

    /// <summary>When it started, is due and is promised for: "Mon 10:00, Mon 14:00, Mon 15:00".</summary>
    public static string Instants(this Commitment commitment) =>
        $"{Days.Text(commitment.StartedAt)}, {Days.Text(commitment.DueAt)}, {Days.Text(commitment.PromisedAt)}";

    public static CommitmentState StateAt(this Commitment commitment, string asOf) => commitment.StateAt(Days.At(asOf));

    public static bool? MetTarget(this Commitment commitment, string asOf) => commitment.MetTarget(Days.At(asOf));

    public static double HoursUsed(this Commitment commitment, string asOf) => commitment.UsedAt(Days.At(asOf)).TotalHours;

    /// <summary>The ledger, a line per promise: "Mon 10:00 policy: Mon 14:00 kept Mon 13:00".</summary>
    public static string[] Ledger(this Commitment commitment) =>
    [
        .. commitment.Promises.Select(promise =>
            $"{Days.Text(promise.MadeAt)} {promise.MadeBy.ToString().ToLowerInvariant()}: {Days.Text(promise.PromisedAt)} "
            + promise.Outcome.ToString().ToLowerInvariant() + (promise.EndedAt is null ? "" : $" {Days.Text(promise.EndedAt)}")),
    ];

    /// <summary>The follow-ups that left: "first_response Mon 13:00: Mon 16:00"; without a date where none was promised.</summary>
    public static string[] Left(this Played played) =>
        [.. played.FollowUps.Select(left => $"{left.Kind.ToWord()} {Days.Text(left.At)}: {Days.Text(left.Promised)}")];

    public static IEnumerable<ClockChange> Of(this Played played, ChangeKind what) => played.Journal.Where(change => change.What == what);
}
