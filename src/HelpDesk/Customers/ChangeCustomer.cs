using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class ChangeCustomer
{
    /// <summary>Change a customer</summary>
    /// <remarks>A merge patch: null clears a member. A new address counts as reachable. Refused (409, customer-exists) where another customer has it.</remarks>
    public static async Task<Ok<CustomerResponse>> Handle(
        Guid id, MergePatch<CustomerDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Hold("customers", id, cancel);
        var customer = await db.Set<Customer>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("customer");
        http.RequireMatch(customer.RowVersion);
        var before = customer.Definition;
        var after = CustomerRules.Read(await patch.ApplyTo(before, http));
        if (customer.Change(after, now))
        {
            db.Add(Event.Of("customer.updated", now, caller.Id, http.TraceIdentifier, new { customerId = id, changes = MemberChanges.Between(before, after) }));
            await CreateCustomer.Save(db, customer, cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(customer.RowVersion);
        return TypedResults.Ok(CustomerResponse.Of(customer));
    }
}
