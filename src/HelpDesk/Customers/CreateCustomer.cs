using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Organisations;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class CreateCustomer
{
    /// <summary>Make a customer</summary>
    /// <remarks>
    /// Joins the organisation that has the domain of an address, the first address first, unless organisationId says which. Refused (409, customer-exists) where
    /// another customer has an address, and (422, no-such-organisation) where there is no such organisation.
    /// </remarks>
    public static async Task<Created<CustomerResponse>> Handle(
        CustomerDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, OutgoingGuard guard, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = CustomerRules.Read(request, guard);
        await using var transaction = await db.Begin(cancel);
        if (definition.OrganisationId is null) definition = definition with { OrganisationId = await OrganisationOf(db, definition.Emails!, cancel) };
        var customer = new Customer(definition, now);
        db.Add(customer);
        db.Add(Event.Of("customer.created", now, caller.Id, http.TraceIdentifier, new { customerId = customer.Id, changes = MemberChanges.Between(null, definition) }));
        await Save(db, definition, cancel);
        await db.Entry(customer).Reference(row => row.Organisation).LoadAsync(cancel);
        await transaction.CommitAsync(cancel);
        http.SetETag(customer.RowVersion, customer.Inherited);
        return TypedResults.Created($"/v1/customers/{customer.Id}", CustomerResponse.Of(customer));
    }

    /// <summary>Held until the transaction ends, so that it is still there when the customer has joined it.</summary>
    private static async Task<Guid?> OrganisationOf(HelpDeskDb db, IReadOnlyList<string> emails, CancellationToken cancel)
    {
        var domains = emails.Select(CustomerRules.DomainOf).Distinct().ToArray();
        if (domains.Length == 0) return null;
        var found = await db.Database
            .SqlQuery<Guid>($"""
                select o.id as "Value" from organisation_domains d join organisations o on o.id = d.organisation_id
                where d.domain = any ({domains}) order by array_position({domains}, d.domain) limit 1 for key share of o
                """)
            .ToListAsync(cancel);
        return found.Cast<Guid?>().FirstOrDefault();
    }

    public static async Task Save(HelpDeskDb db, CustomerDefinition definition, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception error) when (error.Violates(CustomerTable.OneAddress))
        {
            throw Refusal.Conflict(
                "customer-exists",
                definition.Emails is [var only]
                    ? $"There is a customer with the address {only} already: GET /v1/customers?email={Uri.EscapeDataString(only)} finds it."
                    : "There is a customer with one of these addresses already: GET /v1/customers?email=… finds it.");
        }
        catch (Exception error) when (error.Violates(CustomerTable.KnownOrganisation))
        {
            throw OrganisationRules.Missing("organisationId");
        }
    }
}
