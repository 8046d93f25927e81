using HelpDesk.Commitments;
using HelpDesk.Deadlines;

namespace HelpDesk.Applications;

/// <summary>What a new version does to the commitments of a ticket: told from the clocks alone, so that a dry run and what is done then cannot differ.</summary>
internal static class Effects
{
    public static IReadOnlyList<CommitmentEffect> Between(Ledger ledger, TicketClock before, TicketClock after)
    {
        var known = before.Commitments.ToDictionary(commitment => (commitment.Kind, commitment.Cycle));
        var effects = new List<CommitmentEffect>();
        foreach (var commitment in after.Commitments)
        {
            var old = known.GetValueOrDefault((commitment.Kind, commitment.Cycle));
            if (What(old, commitment) is not { } what) continue;
            effects.Add(new CommitmentEffect(
                ledger.TicketId, old is null ? null : ledger.IdOf(old), commitment.Kind, commitment.Cycle, what,
                old?.DueAt, commitment.IsOpen ? commitment.DueAt : null, old?.PromisedAt, commitment.IsOpen ? commitment.PromisedAt : null, IsRemade(old, commitment)));
        }

        return effects;
    }

    private static EffectKind? What(Commitment? old, Commitment now) =>
        old is null ? EffectKind.Started
        : ReferenceEquals(old, now) ? null
        : old.IsOpen && !now.IsOpen ? EffectKind.Cancelled
        : (old.State, now.State) switch
        {
            (CommitmentState.Running, CommitmentState.Paused) => EffectKind.Paused,
            (CommitmentState.Paused, CommitmentState.Running) => EffectKind.Resumed,
            _ => IsMoved(old, now) ? EffectKind.Retargeted : null,
        };

    private static bool IsMoved(Commitment old, Commitment now) =>
        old.DueAt != now.DueAt || old.PromisedAt != now.PromisedAt || old.PromiseRemainder != now.PromiseRemainder || old.Term.Target != now.Term.Target;

    private static bool IsRemade(Commitment? old, Commitment now) =>
        old?.OpenPromise is { } told && now.OpenPromise is { } standing && standing.Number != told.Number;
}
