using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class ListCustomers
{
    /// <summary>List the customers</summary>
    /// <remarks>Oldest first.</remarks>
    /// <param name="email">Only the customer with this address, in whatever case.</param>
    /// <param name="tier">Only those of this tier.</param>
    public static async Task<Paged<CustomerResponse>> Handle(Page page, string? email, string? tier, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<Customer>().AsNoTracking();
        if (CustomerRules.EmailOf(email) is { } address) rows = rows.Where(row => row.Email == address);
        if (tier is not null) rows = rows.Where(row => row.Tier == tier);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(CustomerResponse.Of)], customer => customer.Id);
    }
}
