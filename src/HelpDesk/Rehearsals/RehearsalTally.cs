using HelpDesk.Commitments;
using HelpDesk.Deadlines;

namespace HelpDesk.Rehearsals;

/// <summary>Adds up how tickets came out and would have come out; what it keeps does not grow with them.</summary>
internal sealed class RehearsalTally
{
    private const int MostItems = 200;

    private static readonly CommitmentKind[] Kinds =
        [CommitmentKind.FirstResponse, CommitmentKind.NextResponse, CommitmentKind.Update, CommitmentKind.Resolution];

    private static readonly int Verdicts = Enum.GetValues<Verdict>().Length;

    private readonly Dictionary<CommitmentKind, (int[] Really, int[] Rehearsed)> counts = Kinds.ToDictionary(kind => kind, _ => (new int[Verdicts], new int[Verdicts]));
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);
    private readonly List<DifferingCommitment> items = [];
    private int played;
    private int better;
    private int worse;
    private int differing;

    public void Skip(string reason) => skipped[reason] = skipped.GetValueOrDefault(reason) + 1;

    public void Add(RealTicket ticket, IReadOnlyDictionary<(CommitmentKind Kind, int Cycle), Verdict> rehearsed)
    {
        played++;
        foreach (var ((kind, _), verdict) in ticket.Verdicts) counts[kind].Really[(int)verdict]++;
        foreach (var ((kind, _), verdict) in rehearsed) counts[kind].Rehearsed[(int)verdict]++;
        var differs = false;
        foreach (var key in ticket.Verdicts.Keys.Union(rehearsed.Keys))
        {
            Verdict? was = ticket.Verdicts.TryGetValue(key, out var real) ? real : null;
            Verdict? would = rehearsed.TryGetValue(key, out var tried) ? tried : null;
            if (was == would) continue;
            differs = true;
            Judge(was, would);
            if (items.Count < MostItems) items.Add(new DifferingCommitment(ticket.Id, key.Kind, key.Cycle, was, would));
        }

        if (differs) differing++;
    }

    /// <summary>Broken, renewed, kept, in this order; the others are no verdicts yet, or none at all.</summary>
    private void Judge(Verdict? was, Verdict? would)
    {
        if (was > Verdict.Kept || would > Verdict.Kept) return;
        if (would > was) better++;
        if (would < was) worse++;
    }

    public TicketRehearsal Result(bool more) => new(
        played, more, skipped, [.. Kinds.Select(kind => new KindRehearsal(kind, Counts(counts[kind].Really), Counts(counts[kind].Rehearsed)))],
        Counts(All(kind => counts[kind].Really)), Counts(All(kind => counts[kind].Rehearsed)), better, worse, differing, items);

    private static int[] All(Func<CommitmentKind, int[]> of) => [.. Enumerable.Range(0, Verdicts).Select(verdict => Kinds.Sum(kind => of(kind)[verdict]))];

    private static VerdictCounts Counts(int[] counts) => new(
        counts[(int)Verdict.Kept], counts[(int)Verdict.Renewed], counts[(int)Verdict.Broken], counts[(int)Verdict.Open], counts[(int)Verdict.Cancelled]);
}
