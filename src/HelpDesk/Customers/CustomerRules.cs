using HelpDesk.Web;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Customers;

/// <summary>What a customer's members must be. A check that fails adds the rule under the member's name; null is never at fault.</summary>
internal static class CustomerRules
{
    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    /// <param name="given">The definition.</param>
    /// <param name="guard">Knows where may be posted to.</param>
    /// <param name="before">A name that stays is not looked at: it may have come with a mail.</param>
    public static CustomerDefinition Read(CustomerDefinition given, OutgoingGuard guard, CustomerDefinition? before = null)
    {
        var email = EmailOf(given.Email);
        var emails = (given.Emails ?? []).Select(address => EmailOf(address)!).ToList();
        IReadOnlyList<string> all = emails.Count > 0 ? [.. emails.Distinct()] : email is null ? [] : [email];
        var kept = given with { Email = all is [var first, ..] ? first : null, Emails = all, Name = given.Name?.Trim(), Tier = given.Tier?.Trim(), WebhookUrl = given.WebhookUrl?.Trim() };
        var errors = new Dictionary<string, string[]>();
        CheckEmail("email", email, errors);
        foreach (var (index, address) in emails.Index().Where(item => item.Item != email)) CheckEmail($"emails[{index}]", address, errors);
        if (errors.Count == 0 && email is not null && email != kept.Email) errors["email"] = ["must be the first of emails: one of the two is enough"];
        CheckText("name", kept.Name, errors);
        if (given.Name != before?.Name) CheckName("name", kept.Name, errors);
        CheckLocale("locale", kept.Locale, errors);
        CheckTimeZone("timeZone", kept.TimeZone, errors);
        CheckText("tier", kept.Tier, errors);
        if (kept.QuietHours is { } quiet && quiet.From == quiet.To) errors["quietHours.to"] = ["must not be the same as from: leave quietHours out to have none"];
        guard.Check("webhookUrl", kept.WebhookUrl, errors);
        return errors.Count == 0 ? kept : throw Refusal.Invalid(errors);
    }

    /// <summary>An address as it is kept and looked for: without white space around it, in lower case.</summary>
    public static string? EmailOf(string? given) => given?.Trim().ToLowerInvariant();

    /// <param name="value">As <see cref="EmailOf"/> gives it.</param>
    public static void CheckEmail(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && !EmailAddress.IsOne(value)) errors[member] = [EmailAddress.Rule];
    }

    /// <summary>A name stands in the heads of mails and in salutations.</summary>
    public static void CheckName(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && value.Any(char.IsControl)) errors[member] = ["must be one line, without control characters"];
    }

    public static void CheckLocale(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && !Locales.IsKnown(value)) errors[member] = [Locales.Rule];
    }

    public static void CheckTimeZone(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is not null && Zones.Find(value) is null) errors[member] = [Zones.Rule(value)];
    }

    /// <summary>What stands after the @ of an address that is one.</summary>
    public static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..];

    private static void CheckText(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is "") errors[member] = ["must not be empty: leave it out, or send null to clear it"];
    }
}
