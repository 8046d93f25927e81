using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Organisations;

/// <summary>A company, school or office that customers belong to.</summary>
/// <param name="Name">For people. Example: "Example Oy".</param>
/// <param name="Tier">What policies tell customers apart by, for those who have no tier of their own. Example: "gold".</param>
/// <param name="Domains">
/// What stands after the @ in the addresses of its people, exactly and without subdomains, at most 100; kept in lower case; no two organisations share one.
/// New customers with such an address join it. Example: ["example.com"].
/// </param>
/// <param name="ExternalRef">What your system calls it. Example: "crm-7".</param>
/// <param name="Note">For agents. Example: "Ask for the contract number.".</param>
/// <param name="WebhookUrl">
/// Where messages are posted to for customers of it whose preferredChannel is webhook and who have no webhookUrl of their own. https; http only where the
/// desk's configuration allows it. Example: "https://example.com/hooks/desk".
/// </param>
[Example("""{ "name": "Example Oy", "tier": "gold", "domains": ["example.com"], "externalRef": "crm-7" }""")]
[PatchExample("""{ "tier": "gold" }""")]
public sealed record OrganisationDefinition(
    [property: Required, StringLength(200, MinimumLength = 1)] string Name,
    [property: StringLength(200, MinimumLength = 1)] string? Tier = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Domains = null,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalRef = null,
    [property: StringLength(10_000, MinimumLength = 1)] string? Note = null,
    [property: StringLength(HttpAddress.MostCharacters, MinimumLength = 1)] string? WebhookUrl = null);
