namespace HelpDesk.Customers;

/// <summary>One address of one customer.</summary>
internal sealed class CustomerAddress(string email)
{
    public string Email { get; private set; } = email;

    public Guid CustomerId { get; private set; }

    public int Position { get; set; }
}
