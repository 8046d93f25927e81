namespace HelpDesk.Customers;

/// <summary>Where the id of a customer who is gone leads.</summary>
internal sealed class CustomerMerge
{
    /// <summary>The customer who is gone.</summary>
    public Guid Id { get; private set; }

    public Guid IntoId { get; private set; }

    public Instant MergedAt { get; private set; }
}
