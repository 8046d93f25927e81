namespace HelpDesk.Customers;

/// <summary>A customer as it stands.</summary>
/// <param name="Id">Names the customer.</param>
/// <param name="Email">The address, in lower case; null: cannot be reached by mail.</param>
/// <param name="Name">As messages address the person.</param>
/// <param name="Locale">The BCP 47 locale that messages are written in; null: the desk's own.</param>
/// <param name="TimeZone">The IANA time zone that dates are written in and quiet hours are kept in; null: the desk's own.</param>
/// <param name="Tier">What policies tell customers apart by.</param>
/// <param name="PreferredChannel">The way the customer wants to be written to.</param>
/// <param name="QuietHours">When nothing is sent, in the customer's time zone.</param>
/// <param name="OptOut">True: not written to at all.</param>
/// <param name="UnreachableSince">Since when messages to the address come back; null while they do not. A new address clears it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record CustomerResponse(
    Guid Id,
    string? Email,
    string? Name,
    string? Locale,
    string? TimeZone,
    string? Tier,
    PreferredChannel PreferredChannel,
    QuietTime? QuietHours,
    bool OptOut,
    Instant? UnreachableSince,
    Instant CreatedAt,
    Instant UpdatedAt)
{
    internal static CustomerResponse Of(Customer customer)
    {
        var definition = customer.Definition;
        return new CustomerResponse(
            customer.Id, definition.Email, definition.Name, definition.Locale, definition.TimeZone, definition.Tier, definition.PreferredChannel,
            definition.QuietHours, definition.OptOut, customer.UnreachableSince, customer.CreatedAt, customer.UpdatedAt);
    }
}
