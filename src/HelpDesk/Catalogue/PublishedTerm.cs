using HelpDesk.Deadlines;
using HelpDesk.Policies;

namespace HelpDesk.Catalogue;

/// <summary>One kind's term as customers meet it: the usual one, and of the priorities that the policy covers those that differ from it.</summary>
internal sealed record PublishedTerm(CommitmentKind Kind, Term Usual, IReadOnlyList<(Priority Priority, Term Term)> Others)
{
    public static IEnumerable<PublishedTerm> Of(ShelvedPolicy policy)
    {
        var covered = (policy.Definition.When?.Priority ?? Enum.GetValues<Priority>()).Distinct().Order().ToList();
        foreach (var (kind, offer) in policy.Rules.Policy.Offers.OrderBy(offer => offer.Key))
        {
            // Where each covered priority has a term of its own, nobody is promised the usual one.
            var usual = covered.TrueForAll(offer.ByPriority.ContainsKey) ? offer.For(covered[0]) : offer.Usual;
            yield return new PublishedTerm(kind, usual, [.. covered.Select(priority => (priority, offer.For(priority))).Where(pair => !IsSame(pair.Item2, usual))]);
        }
    }

    /// <summary>To a customer: what the desk does behind it is not published.</summary>
    private static bool IsSame(Term one, Term other) => one.Promised == other.Promised && one.Hours == other.Hours && one.PausesIn.SequenceEqual(other.PausesIn);
}
