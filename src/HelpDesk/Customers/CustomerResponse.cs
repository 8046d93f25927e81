namespace HelpDesk.Customers;

/// <summary>A customer as it stands.</summary>
/// <param name="Id">Names the customer.</param>
/// <param name="Email">The address that is written to, in lower case; null: cannot be reached by mail.</param>
/// <param name="Emails">All addresses, the first of them email.</param>
/// <param name="Name">As messages address the person.</param>
/// <param name="Locale">The BCP 47 locale that messages are written in; null: the desk's own.</param>
/// <param name="TimeZone">The IANA time zone that dates are written in and quiet hours are kept in; null: the desk's own.</param>
/// <param name="OrganisationId">The organisation that the customer belongs to.</param>
/// <param name="Tier">The customer's own tier; null: the organisation's counts.</param>
/// <param name="EffectiveTier">What policies tell customers apart by: the customer's own tier, else the organisation's.</param>
/// <param name="PreferredChannel">The way the customer wants to be written to.</param>
/// <param name="QuietHours">When nothing is sent, in the customer's time zone.</param>
/// <param name="OptOut">True: not written to at all.</param>
/// <param name="UnreachableSince">Since when messages to the address come back; null while they do not. A new address clears it.</param>
/// <param name="WebhookUrl">Where messages are posted to for one whose preferredChannel is webhook; null: the organisation's, if it has one.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record CustomerResponse(
    Guid Id,
    string? Email,
    IReadOnlyList<string> Emails,
    string? Name,
    string? Locale,
    string? TimeZone,
    Guid? OrganisationId,
    string? Tier,
    string? EffectiveTier,
    PreferredChannel PreferredChannel,
    QuietTime? QuietHours,
    bool OptOut,
    Instant? UnreachableSince,
    string? WebhookUrl,
    Instant CreatedAt,
    Instant UpdatedAt)
{
    internal static CustomerResponse Of(Customer customer)
    {
        var definition = customer.Definition;
        return new CustomerResponse(
            customer.Id, definition.Email, definition.Emails!, definition.Name, definition.Locale, definition.TimeZone, definition.OrganisationId,
            definition.Tier, customer.EffectiveTier, definition.PreferredChannel, definition.QuietHours,
            definition.OptOut, customer.UnreachableSince, definition.WebhookUrl, customer.CreatedAt, customer.UpdatedAt);
    }
}
