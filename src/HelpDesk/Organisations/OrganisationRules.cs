using HelpDesk.Database;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Organisations;

/// <summary>What an organisation must be.</summary>
internal static class OrganisationRules
{
    private const string DomainRule = "must be what stands after the @ of an address, for example example.com";

    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static OrganisationDefinition Read(OrganisationDefinition given, OutgoingGuard guard)
    {
        var domains = (given.Domains ?? []).Select(domain => domain.Trim().ToLowerInvariant()).ToList();
        var kept = given with
        {
            Name = given.Name.Trim(), Tier = given.Tier?.Trim(), Domains = [.. domains.Distinct()], ExternalRef = given.ExternalRef?.Trim(), Note = given.Note?.Trim(), WebhookUrl = given.WebhookUrl?.Trim(),
        };
        var errors = new Dictionary<string, string[]>();
        if (kept.Name.Length == 0) errors["name"] = ["must not be blank"];
        CheckText("tier", kept.Tier, errors);
        CheckText("externalRef", kept.ExternalRef, errors);
        CheckText("note", kept.Note, errors);
        guard.Check("webhookUrl", kept.WebhookUrl, errors);
        foreach (var (index, domain) in domains.Index())
        {
            if (domain.Contains('@', StringComparison.Ordinal) || !EmailAddress.IsOne($"a@{domain}")) errors[$"domains[{index}]"] = [DomainRule];
        }

        return errors.Count == 0 ? kept : throw Refusal.Invalid(errors);
    }

    private static void CheckText(string member, string? value, Dictionary<string, string[]> errors)
    {
        if (value is "") errors[member] = ["must not be empty: leave it out, or send null to clear it"];
    }

    public static async Task Save(HelpDeskDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception error) when (error.Violates(OrganisationTable.OneDomain))
        {
            throw Refusal.Conflict("domain-taken", "Another organisation has one of these domains already: GET /v1/organisations?domain=… finds it.");
        }
    }

    /// <summary>422: a member names an organisation that is not there.</summary>
    public static Refusal Missing(string member) => new(
        StatusCodes.Status422UnprocessableEntity, "no-such-organisation", "Well-formed, but impossible", "There is no such organisation.",
        new Dictionary<string, string[]> { [member] = ["must be the id of an organisation"] });
}
