using HelpDesk.Deadlines;

namespace HelpDesk.Policies;

/// <summary>What policies look at in a ticket and its customer.</summary>
internal sealed record Matter(
    Priority Priority, string? Queue, string Channel, string? Category, IReadOnlyCollection<string> Tags, string? Tier, string? Locale);

internal static class PolicyChoice
{
    /// <summary>The first policy that covers the matter, or null.</summary>
    public static ShelvedPolicy? For(this IReadOnlyList<ShelvedPolicy> inOrder, Matter matter) =>
        inOrder.FirstOrDefault(policy => policy.Definition.When is not { } when || when.Covers(matter));

    public static bool Covers(this PolicyConditions when, Matter matter) =>
        (when.Priority is null || when.Priority.Contains(matter.Priority))
        && Has(when.Queue, matter.Queue)
        && Has(when.Channel, matter.Channel)
        && Has(when.Category, matter.Category)
        && (when.Tag is null || when.Tag.Any(matter.Tags.Contains))
        && Has(when.Tier, matter.Tier)
        && (when.Locale is null || when.Locale.Any(locale => Speaks(matter.Locale, locale)));

    private static bool Has(IReadOnlyList<string>? alternatives, string? value) =>
        alternatives is null || (value is not null && alternatives.Contains(value));

    private static bool Speaks(string? locale, string wanted) =>
        locale is not null
        && (locale.Equals(wanted, StringComparison.OrdinalIgnoreCase) || locale.StartsWith(wanted + "-", StringComparison.OrdinalIgnoreCase));
}
