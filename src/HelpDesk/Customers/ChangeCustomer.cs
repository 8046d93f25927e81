using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Customers;

internal static class ChangeCustomer
{
    /// <summary>What decides where the words of all her tickets go.</summary>
    private static readonly string[] Reach = ["email", "emails", "preferredChannel", "webhookUrl", "optOut", "organisationId"];

    /// <summary>Change a customer</summary>
    /// <remarks>
    /// A merge patch: null clears a member. A new first address counts as reachable. Refused (409, customer-exists) where another customer has an address, and
    /// (409, customer-merged) where this one was merged into another. A key that is held to queues changes where a customer is written to (email, emails, preferredChannel,
    /// webhookUrl, optOut, organisationId) only where all her tickets lie in them (403, queue-forbidden).
    /// </remarks>
    public static async Task<Ok<CustomerResponse>> Handle(
        Guid id, MergePatch<CustomerDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, OutgoingGuard guard, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("customers", id, cancel);
        var customer = await ReadCustomer.Find(db.Whole(), id, cancel) ?? throw await ReadCustomer.Gone(db, id, StatusCodes.Status409Conflict, cancel);
        http.RequireMatch(customer.RowVersion);
        var before = customer.Definition;
        var after = CustomerRules.Read(await Apply(patch, before, http), guard, before);
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            if (caller.Queues is { } queues && Reach.Any(changes.ContainsKey) && await HasTicketsElsewhere(db, id, before.Emails!, queues, cancel)) caller.MustSeeAll();
            customer.Change(after, now);
            db.Add(Event.Of("customer.updated", now, caller.Id, http.TraceIdentifier, new { customerId = id, changes }));
            await CreateCustomer.Save(db, after, cancel);
            await Outbound(transaction.Connection, id, before, after, now, clock.MachineNow, cancel);
            await db.Entry(customer).Reference(row => row.Organisation).LoadAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(customer.RowVersion, customer.Inherited);
        return TypedResults.Ok(CustomerResponse.Of(customer));
    }

    /// <summary>Tickets of hers, or that she watches, out of the caller's sight.</summary>
    private static Task<bool> HasTicketsElsewhere(HelpDeskDb db, Guid id, IReadOnlyList<string> emails, IReadOnlyList<string> queues, CancellationToken cancel) => db.Database
        .SqlQuery<bool>($$"""
            select exists (
                select from tickets
                where (requester_id = {{id}} or (watchers && {{emails.ToArray()}} and watchers <> '{}')) and (queue is null or queue <> all ({{queues.ToArray()}}))) as "Value"
            """)
        .SingleAsync(cancel);

    /// <summary>What waits for her follows: none of it where she is not written to any more, and to the new address where there is another. The channel is of what is yet to come.</summary>
    private static Task Outbound(
        NpgsqlConnection connection, Guid id, CustomerDefinition before, CustomerDefinition after, Instant now, Instant machineNow, CancellationToken cancel) =>
        after.OptOut && !before.OptOut ? Outbox.Stop(connection, id, null, now, machineNow, cancel)
        : before.Email is not { } old || after.Email == old ? Task.CompletedTask
        : after.Email is { } email ? Outbox.Readdress(connection, id, (old, email), after.Name, machineNow, cancel)
        : Outbox.Stop(connection, id, DeliveryChannel.Email, now, machineNow, cancel);

    /// <summary>Where a patch names one of <c>email</c> and <c>emails</c>, the other follows from it.</summary>
    private static async Task<CustomerDefinition> Apply(MergePatch<CustomerDefinition> patch, CustomerDefinition before, HttpContext http)
    {
        if (patch.Mentions("emails")) return await patch.ApplyTo(patch.Mentions("email") ? before : before with { Email = null }, http);
        var after = await patch.ApplyTo(before with { Emails = null }, http);
        var others = before.Emails!.Skip(1);
        return after with { Emails = after.Email is { } email ? [email, .. others] : [.. others] };
    }
}
