using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class ReadCustomer
{
    /// <summary>Read a customer</summary>
    public static async Task<Ok<CustomerResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var customer = await db.Set<Customer>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("customer");
        http.SetETag(customer.RowVersion);
        return TypedResults.Ok(CustomerResponse.Of(customer));
    }
}
