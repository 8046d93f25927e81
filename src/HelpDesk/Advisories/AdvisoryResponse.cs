using HelpDesk.Policies;

namespace HelpDesk.Advisories;

/// <summary>An advisory as it stands.</summary>
/// <param name="Id">Names the advisory.</param>
/// <param name="Texts">What it says, by locale.</param>
/// <param name="From">When it begins to hold.</param>
/// <param name="Until">When it ceases to hold; null: not before it is changed or deleted.</param>
/// <param name="Published">Whether everybody may read it.</param>
/// <param name="When">Which tickets it covers; empty: all.</param>
/// <param name="Active">Whether it holds now. As of this answer: the ETag stays the same as time passes.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record AdvisoryResponse(
    Guid Id, IReadOnlyDictionary<string, AdvisoryText> Texts, Instant From, Instant? Until, bool Published, PolicyConditions When, bool Active, Instant CreatedAt, Instant UpdatedAt)
{
    internal static AdvisoryResponse Of(Advisory advisory, Instant now) => new(
        advisory.Id, Advisory.ReadTexts(advisory.Texts), advisory.From, advisory.Until, advisory.Published, Advisory.ReadWhen(advisory.When), advisory.IsActive(now),
        advisory.CreatedAt, advisory.UpdatedAt);
}
