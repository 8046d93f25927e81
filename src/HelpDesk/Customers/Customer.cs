using HelpDesk.Time;

namespace HelpDesk.Customers;

/// <summary>A person that the desk answers.</summary>
internal sealed class Customer
{
    private Customer()
    {
    }

    /// <param name="definition">As <see cref="CustomerRules.Read"/> gives it.</param>
    public Customer(CustomerDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string? Email { get; private set; }

    public string? Name { get; private set; }

    public string? Locale { get; private set; }

    public string? TimeZone { get; private set; }

    public string? Tier { get; private set; }

    public PreferredChannel PreferredChannel { get; private set; }

    public LocalTime? QuietFrom { get; private set; }

    public LocalTime? QuietTo { get; private set; }

    public bool OptOut { get; private set; }

    /// <summary>Since when messages to the address come back; null while they do not.</summary>
    public Instant? UnreachableSince { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public CustomerDefinition Definition => new(
        Email, Name, Locale, TimeZone, Tier, PreferredChannel, QuietFrom is { } from && QuietTo is { } to ? new QuietTime(from, to) : null, OptOut);

    /// <summary>False when nothing changed. What was true of an old address need not be of a new one: it counts as reachable again.</summary>
    public bool Change(CustomerDefinition to, Instant now)
    {
        if (to == Definition) return false;
        if (to.Email != Email) UnreachableSince = null;
        Take(to);
        UpdatedAt = now;
        RowVersion++;
        return true;
    }

    private void Take(CustomerDefinition definition)
    {
        (Email, Name, Locale, TimeZone, Tier) = (definition.Email, definition.Name, definition.Locale, definition.TimeZone, definition.Tier);
        (PreferredChannel, OptOut) = (definition.PreferredChannel, definition.OptOut);
        (QuietFrom, QuietTo) = (definition.QuietHours?.From, definition.QuietHours?.To);
    }
}
