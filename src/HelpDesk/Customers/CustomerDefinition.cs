using HelpDesk.Web.OpenApi;
using HelpDesk.Web.Outgoing;
using System.ComponentModel.DataAnnotations;

namespace HelpDesk.Customers;

/// <summary>A person that the desk answers, and how that person wants to be written to.</summary>
/// <param name="Email">
/// The address that is written to, kept in lower case; no two customers share one. It is the first of emails: changing it replaces that one, clearing it
/// makes the next one first. Without any nobody can be reached by mail. Example: "aino@example.com".
/// </param>
/// <param name="Name">As messages address the person. Example: "Aino Virtanen".</param>
/// <param name="Locale">The BCP 47 locale that messages are written in; the desk's own, if left out. Example: "fi-FI".</param>
/// <param name="TimeZone">The IANA time zone that dates are written in and quiet hours are kept in; the desk's own, if left out. Example: "Europe/Helsinki".</param>
/// <param name="Tier">What policies tell customers apart by; the organisation's, if left out. Example: "gold".</param>
/// <param name="PreferredChannel">email (the default), inbox or webhook.</param>
/// <param name="QuietHours">When nothing is sent, in the customer's time zone. Example: {"from":"22:00","to":"07:00"}.</param>
/// <param name="OptOut">True: not written to at all.</param>
/// <param name="Emails">All addresses, at most 50, the first of them email: a ticket posted with any of them is this customer's. Example: ["aino@example.com", "aino@home.example"].</param>
/// <param name="OrganisationId">
/// The organisation that the customer belongs to. If left out, a new customer joins the one that has the domain of an address.
/// Example: "0195564e-1200-7a01-8f00-0a1b2c3d4e5f".
/// </param>
/// <param name="WebhookUrl">
/// Where messages are posted to for one whose preferredChannel is webhook; the organisation's, if left out; where there is neither, messages go by e-mail.
/// https; http only where the desk's configuration allows it. Example: "https://example.com/hooks/desk".
/// </param>
[Example("""
    { "email": "aino@example.com", "name": "Aino Virtanen", "locale": "fi-FI", "timeZone": "Europe/Helsinki", "tier": "gold",
      "preferredChannel": "email", "quietHours": { "from": "22:00", "to": "07:00" } }
    """)]
[PatchExample("""{ "tier": "gold", "quietHours": null }""")]
public sealed record CustomerDefinition(
    string? Email = null,
    [property: StringLength(200)] string? Name = null,
    string? Locale = null,
    string? TimeZone = null,
    [property: StringLength(200)] string? Tier = null,
    PreferredChannel PreferredChannel = PreferredChannel.Email,
    QuietTime? QuietHours = null,
    bool OptOut = false,
    [property: MaxLength(50)] IReadOnlyList<string>? Emails = null,
    Guid? OrganisationId = null,
    [property: StringLength(HttpAddress.MostCharacters)] string? WebhookUrl = null);

/// <summary>Local wall time in which nothing is sent; past midnight where it ends earlier than it begins.</summary>
/// <param name="From">Inclusive. Example: "22:00".</param>
/// <param name="To">Exclusive, and another than <c>from</c>. Example: "07:00".</param>
public sealed record QuietTime(LocalTime From, LocalTime To);
