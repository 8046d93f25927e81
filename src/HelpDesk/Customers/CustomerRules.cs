using HelpDesk.Web;

namespace HelpDesk.Customers;

/// <summary>What a customer's members must be. A check that fails adds the rule under the member's name; null is never at fault.</summary>
internal static class CustomerRules
{
    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static CustomerDefinition Read(CustomerDefinition given)
    {
        var kept = given with { Email = EmailOf(given.Email), Name = given.Name?.Trim(), Tier = given.Tier?.Trim() };
        var errors = new Dictionary<string, string[]>();
        CheckEmail("email", kept.Email, errors);
        CheckText("name", kept.Name, errors);
        CheckLocale("locale", kept.Locale, errors);
        CheckTimeZone("timeZone", kept.TimeZone, errors);
        CheckText("tier", kept.Tier, errors);
        if (kept.QuietHours is { } quiet && quiet.From == quiet.To) errors["quietHours.to"] = ["must not be the same as from: leave quietHours out to have none"];
        return errors.Count == 0 ? kept : throw Refusal.Invalid(errors);
    }

    /// <summary>An address as it is kept and looked for: without white space around it, in lower case.</summary>
    public static string? EmailOf(string? given) => given?.Trim().ToLowerInvariant();

    /// <param name="value">As <see cref="EmailOf"/> gives it.</param>
    public static void CheckEmail(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && !EmailAddress.IsOne(value)) errors[member] = [EmailAddress.Rule];
    }

    public static void CheckLocale(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && !Locales.IsKnown(value)) errors[member] = [Locales.Rule];
    }

    public static void CheckTimeZone(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && Zones.Find(value) is null) errors[member] = [Zones.Rule(value)];
    }

    private static void CheckText(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is "") errors[member] = ["must not be empty: leave it out, or send null to clear it"];
    }
}
