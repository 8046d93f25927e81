using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class CreateCustomer
{
    /// <summary>Make a customer</summary>
    /// <remarks>Refused (409, customer-exists) where another customer has the address.</remarks>
    public static async Task<Created<CustomerResponse>> Handle(
        CustomerDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var customer = new Customer(CustomerRules.Read(request), now);
        db.Add(customer);
        db.Add(Event.Of("customer.created", now, caller.Id, http.TraceIdentifier, new { customerId = customer.Id }));
        await Save(db, customer, cancel);
        http.SetETag(customer.RowVersion);
        return TypedResults.Created($"/v1/customers/{customer.Id}", CustomerResponse.Of(customer));
    }

    public static async Task Save(HelpDeskDb db, Customer customer, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (CustomerTable.IsDuplicate(error))
        {
            throw Refusal.Conflict(
                "customer-exists", $"There is a customer with the address {customer.Email} already: GET /v1/customers?email={Uri.EscapeDataString(customer.Email!)} finds it.");
        }
    }
}
