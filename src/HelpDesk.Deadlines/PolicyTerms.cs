using System.Collections.Frozen;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>One kind's term as a policy offers it: the usual one, and those that differ by priority.</summary>
public sealed record TermOffer(Term Usual, FrozenDictionary<Priority, Term> ByPriority)
{
    /// <summary>An offer that is the same for every priority.</summary>
    public static TermOffer Same(Term term) => new(term, FrozenDictionary<Priority, Term>.Empty);

    /// <summary>The term for a ticket of <paramref name="priority"/>.</summary>
    public Term For(Priority priority) => ByPriority.GetValueOrDefault(priority, Usual);
}

/// <summary>The terms of one policy version.</summary>
/// <param name="Offers">A term per kind; a kind that is missing is not promised.</param>
/// <param name="ReopenWindow">Elapsed time from the resolution, inclusive, within which a customer's message reopens the ticket.</param>
/// <param name="ReopenTarget">The target of a resolution that starts at a reopening, or null for the term's own.</param>
public sealed record PolicyTerms(FrozenDictionary<CommitmentKind, TermOffer> Offers, Duration ReopenWindow, Duration? ReopenTarget)
{
    /// <summary>Whether the customer is written to in her quiet hours too.</summary>
    public bool IgnoresQuietHours { get; init; }

    /// <summary>The reopening window of a policy that names none, and of a ticket without a policy: 14 days.</summary>
    public static readonly Duration DefaultReopenWindow = Duration.FromDays(14);

    /// <summary>The term for a kind and priority, or null where the policy promises nothing of that kind.</summary>
    public Term? For(CommitmentKind kind, Priority priority, bool reopening = false)
    {
        if (!Offers.TryGetValue(kind, out var offer)) return null;
        var term = offer.For(priority);
        return reopening && ReopenTarget is { } target ? term with { Target = target } : term;
    }
}

/// <summary>
/// A policy version and a calendar version in force together. <paramref name="Id"/> is the caller's name for the pair; the engine only carries it.
/// </summary>
public sealed record Rules(PolicyTerms Policy, WorkingCalendar Calendar, int PolicyVersion, string Id = "");
