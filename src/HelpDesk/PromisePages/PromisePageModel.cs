using HelpDesk.Advisories;

namespace HelpDesk.PromisePages;

/// <summary>All that the promise page says, in the reader's language and zone.</summary>
/// <param name="Notices">What everybody is told about now; the newest first.</param>
/// <param name="Policies">None: nothing is published.</param>
/// <param name="Record">Null where it is not for everybody.</param>
public sealed record PromisePageModel(
    PromisePageWords Words, PromiseParts Parts, ZoneChoice Zone, IReadOnlyList<AdvisoryNotice> Notices, IReadOnlyList<ChannelQuote> Quotes, IReadOnlyList<PromisedPolicy> Policies, IReadOnlyList<OpeningWeek> Hours,
    PromiseRecord? Record);

/// <param name="Name">The zone in which everything is shown.</param>
/// <param name="IsChosen">Whether the reader named it; links then keep it.</param>
public sealed record ZoneChoice(string Name, bool IsChosen, bool IsUnknown)
{
    /// <summary>What a link adds to its query to keep it; may be empty.</summary>
    public string Keep => IsChosen ? $"&zone={Uri.EscapeDataString(Name)}" : "";
}

/// <summary>An instant, for people and for programs.</summary>
/// <param name="Away">How far off it is.</param>
public sealed record PromiseDate(string Text, string Iso, string Away);

/// <summary>What somebody who wrote now would be told.</summary>
/// <param name="Channel">On which way; null where it makes no difference.</param>
/// <param name="First">What comes first.</param>
public sealed record ChannelQuote(string? Channel, QuotedThing First, IReadOnlyList<QuotedThing> Others);

public sealed record QuotedThing(string What, PromiseDate By);

/// <param name="Title">Null where it is the only one.</param>
public sealed record PromisedPolicy(string? Title, string? Description, IReadOnlyList<string> Covers, IReadOnlyList<PromisedTerm> Terms, string FollowUp, string? Reopening);

public sealed record PromisedTerm(string Name, string Words, string? Pauses, IReadOnlyList<PromisedDifference> ByPriority);

/// <param name="Amount">How long it takes at most.</param>
/// <param name="Hours">In which hours that is counted.</param>
public sealed record PromisedDifference(string Priority, string Amount, string Hours, string? Pauses);

/// <summary>Seven days, today first.</summary>
/// <param name="Policies">For which policies they are; null where they are for all.</param>
/// <param name="State">Whether somebody is there now.</param>
/// <param name="Next">When that changes; null where it does not.</param>
/// <param name="Rule">Hours as a rule, in their own zone.</param>
public sealed record OpeningWeek(string? Policies, bool IsOpen, string State, string? Next, IReadOnlyList<OpeningDay> Days, string Rule);

/// <param name="Note">Why the day is not as it always is.</param>
public sealed record OpeningDay(string Weekday, string Date, string Iso, string Hours, bool IsOpen, bool IsToday, string? Note);

/// <param name="Percent">Null: too few to say.</param>
/// <param name="Sample">How many are counted, and of when; null with it.</param>
/// <param name="Note">How to read it.</param>
public sealed record PromiseRecord(string? Percent, string? Sample, IReadOnlyList<StripStretch> Strip, string Note, string Label);

/// <summary>Days that are shown together, often one alone.</summary>
/// <param name="At">The first of those that are shown: from 0.</param>
/// <param name="Days">How many are shown.</param>
/// <param name="Name">Which days.</param>
/// <param name="Counts">Null: too few to show.</param>
public sealed record StripStretch(int At, int Days, string Name, StripCounts? Counts);

public sealed record StripCounts(long Kept, long Renewed, long Broken)
{
    public long All => Kept + Renewed + Broken;
}
