using HelpDesk.Organisations;
using HelpDesk.Time;

namespace HelpDesk.Customers;

/// <summary>A person that the desk answers.</summary>
internal sealed class Customer
{
    private readonly List<CustomerAddress> addresses = [];

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

    /// <summary>All of them, <see cref="Email"/> first.</summary>
    public IReadOnlyCollection<CustomerAddress> Addresses => addresses;

    public string? Name { get; private set; }

    public string? Locale { get; private set; }

    public string? TimeZone { get; private set; }

    public Guid? OrganisationId { get; private set; }

    public Organisation? Organisation { get; private set; }

    public string? Tier { get; private set; }

    public string? EffectiveTier => Tier ?? Organisation?.Tier;

    /// <summary>The version of the organisation whose tier is shown; null where none is.</summary>
    internal long? Inherited => Tier is null ? Organisation?.RowVersion : null;

    public PreferredChannel PreferredChannel { get; private set; }

    public LocalTime? QuietFrom { get; private set; }

    public LocalTime? QuietTo { get; private set; }

    public bool OptOut { get; private set; }

    public string? WebhookUrl { get; private set; }

    /// <summary>Since when messages to the address come back; null while they do not.</summary>
    public Instant? UnreachableSince { get; private set; }

    /// <summary>Since when nothing personal is left of her; the row stays for the tickets that refer to it.</summary>
    public Instant? ErasedAt { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public CustomerDefinition Definition => new(
        Email, Name, Locale, TimeZone, Tier, PreferredChannel, QuietFrom is { } from && QuietTo is { } to ? new QuietTime(from, to) : null, OptOut,
        [.. addresses.OrderBy(row => row.Position).Select(row => row.Email)], OrganisationId, WebhookUrl);

    /// <summary>What was true of an old address need not be of a new one: it counts as reachable again.</summary>
    public void Change(CustomerDefinition to, Instant now)
    {
        if (to.Email != Email) UnreachableSince = null;
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    /// <summary>Becomes <paramref name="both"/>. An address that comes with the other one is as reachable as it was.</summary>
    public void TakeOver(Customer merged, CustomerDefinition both, Instant now)
    {
        var unreachable = Email is null ? merged.UnreachableSince : UnreachableSince;
        Change(both, now);
        UnreachableSince = unreachable;
    }

    private void Take(CustomerDefinition definition)
    {
        (Email, Name, Locale, TimeZone, Tier) = (definition.Email, definition.Name, definition.Locale, definition.TimeZone, definition.Tier);
        (PreferredChannel, OptOut, OrganisationId) = (definition.PreferredChannel, definition.OptOut, definition.OrganisationId);
        WebhookUrl = definition.WebhookUrl;
        (QuietFrom, QuietTo) = (definition.QuietHours?.From, definition.QuietHours?.To);
        Take([.. definition.Emails ?? []]);
    }

    private void Take(List<string> emails)
    {
        addresses.RemoveAll(row => !emails.Contains(row.Email));
        foreach (var (position, email) in emails.Index())
        {
            if (addresses.Find(row => row.Email == email) is { } there) there.Position = position;
            else addresses.Add(new CustomerAddress(email) { Position = position });
        }
    }
}
