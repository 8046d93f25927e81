using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Web.Json;

namespace HelpDesk.Commitments;

/// <summary>The engine's journal as events, and back.</summary>
internal static class Journal
{
    private static readonly Dictionary<ChangeKind, string> Types = new()
    {
        [ChangeKind.CommitmentStarted] = "commitment.started",
        [ChangeKind.CommitmentPaused] = "commitment.paused",
        [ChangeKind.CommitmentResumed] = "commitment.resumed",
        [ChangeKind.CommitmentRetargeted] = "commitment.retargeted",
        [ChangeKind.CommitmentKept] = "commitment.kept",
        [ChangeKind.CommitmentBroken] = "commitment.broken",
        [ChangeKind.CommitmentCancelled] = "commitment.cancelled",
        [ChangeKind.CommitmentReopened] = "commitment.reopened",
        [ChangeKind.PromiseMade] = "promise.made",
        [ChangeKind.PromiseRenewed] = "promise.renewed",
        [ChangeKind.PromiseKept] = "promise.kept",
        [ChangeKind.PromiseBroken] = "promise.broken",
        [ChangeKind.PromiseWithdrawn] = "promise.withdrawn",
        [ChangeKind.PromiseRestored] = "promise.restored",
        [ChangeKind.FollowUpSent] = "follow_up.sent",
        [ChangeKind.FollowUpUnreachable] = "follow_up.unreachable",
        [ChangeKind.FollowUpWithdrawn] = "follow_up.withdrawn",
        [ChangeKind.RecoveryStarted] = "recovery.started",
        [ChangeKind.LadderClimbed] = "ladder.climbed",
    };

    private static readonly Dictionary<string, ChangeKind> Kinds = Types.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static bool IsOfClock(string type) => Kinds.ContainsKey(type);

    public static NewEvent ToEvent(this ClockChange change, long ticketId, Guid commitmentId, Guid? promiseId, string actor, string? requestId) =>
        new(Types[change.What], change.At, actor, requestId, JsonSerializer.Serialize(Document.Of(change), JsonConventions.Options), ticketId, commitmentId, promiseId);

    public static ClockChange FromEvent(string type, Instant at, string data) =>
        JsonSerializer.Deserialize<Document>(data, JsonConventions.Options)!.ToChange(Kinds[type], at);

    private sealed record Document(CommitmentKind Kind, int Cycle)
    {
        public int? Promise { get; init; }

        public Instant? DueAt { get; init; }

        public Instant? PromisedAt { get; init; }

        public Instant? Before { get; init; }

        public Duration? Used { get; init; }

        public Duration? Target { get; init; }

        public TermHours? Hours { get; init; }

        public PromiseMaker? MadeBy { get; init; }

        public string? Reason { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Step { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Do { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? To { get; init; }

        public static Document Of(ClockChange change) => new(change.Kind, change.Cycle)
        {
            Promise = change.Promise,
            DueAt = change.DueAt,
            PromisedAt = change.PromisedAt,
            Before = change.Before,
            Used = change.Used,
            Target = change.Target,
            Hours = change.Hours,
            MadeBy = change.MadeBy,
            Reason = change.Reason,
            Step = change.Step,
            Do = change.Do,
            To = change.To,
        };

        public ClockChange ToChange(ChangeKind what, Instant at) => new(at, what, Kind, Cycle)
        {
            Promise = Promise,
            DueAt = DueAt,
            PromisedAt = PromisedAt,
            Before = Before,
            Used = Used,
            Target = Target,
            Hours = Hours,
            MadeBy = MadeBy,
            Reason = Reason,
            Step = Step,
            Do = Do,
            To = To,
        };
    }
}
