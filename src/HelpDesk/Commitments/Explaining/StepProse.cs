using System.Collections.Frozen;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Commitments.Explaining;

/// <summary>What happened to a commitment, in the sentences of one language. One file per language; whole sentences, since no two languages join their parts alike.</summary>
internal abstract class StepProse
{
    private static readonly FrozenDictionary<string, StepProse> ByCode =
        new StepProse[] { new EnglishSteps(), new TurkishSteps(), new FinnishSteps() }.ToFrozenDictionary(prose => prose.Code);

    /// <summary>Fields of a ticket that only agents see: to the customer other terms simply apply.</summary>
    private static readonly FrozenSet<string> OfTheDesk = FrozenSet.Create("priority", "queue", "category", "tags", "policy", "ladder");

    protected abstract string Code { get; }

    /// <summary>The sentence of one step.</summary>
    public static string Say(ClockChange change, Telling telling)
    {
        var prose = ByCode[telling.Language.Code];
        return prose.Text(StepFacts.Of(change, telling, prose));
    }

    /// <summary>A stretch of time by its name.</summary>
    public static string Say(SegmentKind kind, Language language) => ByCode[language.Code].Stretch(kind);

    /// <summary>The clause of a reason; empty for one that nobody has words for, which a newer server may have written.</summary>
    public string Because(string reason, bool forCustomer) =>
        forCustomer && OfTheDesk.Contains(reason) ? Joined(OtherTerms)
        : Clause(reason, forCustomer) is { } clause ? Joined(clause)
        : "";

    /// <summary>An amount with the hours it is counted in.</summary>
    public abstract string Counted(string amount, bool aroundTheClock);

    protected abstract string Text(StepFacts step);

    protected abstract string Stretch(SegmentKind kind);

    protected abstract string? Clause(string reason, bool forCustomer);

    protected abstract string OtherTerms { get; }

    /// <summary>The clause as it follows the sentence it gives the reason of.</summary>
    protected abstract string Joined(string clause);
}
