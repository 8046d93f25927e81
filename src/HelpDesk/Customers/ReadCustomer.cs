using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class ReadCustomer
{
    /// <summary>Read a customer</summary>
    /// <remarks>One that was merged into another is not found (404, customer-merged): the problem's mergedInto names the one that is left. One that was erased is not found.</remarks>
    public static async Task<Ok<CustomerResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var customer = await Find(db.Whole().AsNoTracking(), id, cancel) ?? throw await Gone(db, id, StatusCodes.Status404NotFound, cancel);
        http.SetETag(customer.RowVersion, customer.Inherited);
        return TypedResults.Ok(CustomerResponse.Of(customer));
    }

    /// <summary>Customers who have not been erased, with their addresses and organisation.</summary>
    public static IQueryable<Customer> Whole(this HelpDeskDb db) =>
        db.Set<Customer>().Include(row => row.Addresses).Include(row => row.Organisation).Where(row => row.ErasedAt == null);

    public static Task<Customer?> Find(IQueryable<Customer> customers, Guid id, CancellationToken cancel) => customers.FirstOrDefaultAsync(row => row.Id == id, cancel);

    /// <summary>To write to a customer who was merged is refused by a rule; to read her, or to do anything with one who is not there, finds nothing.</summary>
    public static async Task<Refusal> Gone(HelpDeskDb db, Guid id, int statusIfMerged, CancellationToken cancel)
    {
        var into = await db.Set<CustomerMerge>().Where(merge => merge.Id == id).Select(merge => (Guid?)merge.IntoId).FirstOrDefaultAsync(cancel);
        return into is null ? Refusal.NotFound("customer") : new Refusal(
            statusIfMerged, "customer-merged", "The customer was merged into another", $"This customer was merged into {into}.").With("mergedInto", into);
    }
}
