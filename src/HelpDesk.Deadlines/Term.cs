using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// What a policy says about one kind of commitment: how long it may take, in which hours, and how the customer is kept informed meanwhile.
/// All durations are elapsed time counted in <see cref="Hours"/>; nothing is rounded, halves and quarters are cut to the microsecond.
/// </summary>
public sealed record Term
{
    /// <summary>The longest target a term may have: ten years of 365.25 days.</summary>
    public static readonly Duration LongestTarget = Duration.FromHours(87_660);

    private static readonly Duration LongestDefaultLead = Duration.FromHours(1);

    /// <summary>How long the obligation may take. Longer than zero, at most <see cref="LongestTarget"/>.</summary>
    public required Duration Target { get; init; }

    /// <summary>The hours that the target, cushion, lead and renewal are counted in.</summary>
    public TermHours Hours { get; init; } = TermHours.Working;

    /// <summary>What is added to the target before it is promised. Zero or longer.</summary>
    public Duration Cushion { get; init; } = Duration.Zero;

    /// <summary>How long before the promised instant the follow-up leaves, or null for the default; see <see cref="EffectiveLead"/>.</summary>
    public Duration? Lead { get; init; }

    /// <summary>By how much a follow-up or recovery promises anew, or null for the default; see <see cref="EffectiveRenewBy"/>.</summary>
    public Duration? RenewBy { get; init; }

    /// <summary>How many automatic renewals there may be without a human public message in between. Zero or more.</summary>
    public int MaxRenewals { get; init; } = 2;

    /// <summary>The statuses in which the clock stands still.</summary>
    public ImmutableArray<TicketStatus> PausesIn { get; init; } = [];

    /// <summary>Who is told, and what is done, on the way to a lapse and after it.</summary>
    public ImmutableArray<LadderStep> Ladder { get; init; } = [];

    /// <summary><see cref="Lead"/>, or the shorter of one hour and a quarter of the target.</summary>
    public Duration EffectiveLead => Lead ?? Duration.Min(LongestDefaultLead, Fraction(Target, 4));

    /// <summary><see cref="RenewBy"/>, or half of the target; a microsecond at least, so that what is promised anew lies ahead.</summary>
    public Duration EffectiveRenewBy => Duration.Max(RenewBy ?? Fraction(Target, 2), Microseconds(1));

    /// <summary>The target and the cushion: what is promised.</summary>
    public Duration Promised => Target + Cushion;

    /// <summary>Statuses in which a term of this kind stands still unless it says otherwise: a status change is no answer, so responses go on.</summary>
    public static ImmutableArray<TicketStatus> DefaultPauses(CommitmentKind kind) => kind is CommitmentKind.Resolution or CommitmentKind.Update
        ? [TicketStatus.WaitingOnCustomer, TicketStatus.OnHold]
        : [];

    /// <summary>The term of an agent's own promise: it counts around the clock, for exactly the time promised.</summary>
    public static Term Callback(Duration target) => new() { Target = target, Hours = TermHours.AroundTheClock };

    /// <summary>A whole fraction of a duration, cut to the microsecond so that it survives being stored.</summary>
    internal static Duration Fraction(Duration whole, int parts) => Microseconds(whole.BclCompatibleTicks / 10 / parts);

    internal static Duration Microseconds(long count) => Duration.FromTicks(count * 10);
}
