using HelpDesk.Access;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>Two records of one person become one.</summary>
internal static class MergeCustomers
{
    private const int MostAddresses = 50;

    /// <summary>The customer to merge into.</summary>
    /// <param name="Into">The id of the customer that is left. Example: "0195564e-1200-7a01-8f00-0a1b2c3d4e5f".</param>
    [Example("""{ "into": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")]
    public sealed record Request(Guid Into);

    /// <summary>Merge a customer into another</summary>
    /// <remarks>
    /// The other gets all tickets, addresses and messages. What the other's record says stays; what it does not know (name, locale, timeZone, tier, quietHours,
    /// organisationId, webhookUrl, an address to write to) is filled from the one that is merged. Open promises stay as they are, and no policy is chosen again. The tickets'
    /// organisationId becomes the other's, and a webhookUrl that is taken over is signed with the other's secret. From then on the id of the one that was merged finds nothing (404, customer-merged) and takes no change (409,
    /// customer-merged); a ticket posted with it is the other's. Refused (409, too-many-addresses) where both together have more than 50, and (422,
    /// unknown-customer, merge-with-itself) where there is nobody to merge into.
    /// </remarks>
    public static async Task<Ok<CustomerResponse>> Handle(
        Guid id, Request request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        if (id == request.Into) throw Refusal.Impossible("merge-with-itself", "A customer cannot be merged into itself.");
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await DossierLock.Take((NpgsqlConnection)db.Database.GetDbConnection(), id, [id, request.Into], cancel);
        var merged = await ReadCustomer.Find(db.Whole().AsNoTracking(), id, cancel) ?? throw await ReadCustomer.Gone(db, id, StatusCodes.Status409Conflict, cancel);
        http.RequireMatch(merged.RowVersion);
        var survivor = await ReadCustomer.Find(db.Whole(), request.Into, cancel) ?? throw await NoSurvivor(db, request.Into, cancel);
        var (before, after) = (survivor.Definition, Together(survivor.Definition, merged.Definition));
        if (after.Emails!.Count > MostAddresses) throw Refusal.Conflict("too-many-addresses", $"Together they have more than {MostAddresses} addresses. Take some away first.");
        var moved = await Move(db, id, request.Into, after.OrganisationId, now, caller.Id, http.TraceIdentifier, cancel);
        survivor.TakeOver(merged, after, now);
        db.Add(Event.Of(
            "customer.merged", now, caller.Id, http.TraceIdentifier,
            new { customerId = request.Into, mergedId = id, tickets = moved, changes = MemberChanges.Between(before, after) }));
        await CreateCustomer.Save(db, after, cancel);
        await db.Entry(survivor).Reference(row => row.Organisation).LoadAsync(cancel);
        await transaction.CommitAsync(cancel);
        http.SetETag(survivor.RowVersion, survivor.Inherited);
        return TypedResults.Ok(CustomerResponse.Of(survivor));
    }

    private static async Task<Refusal> NoSurvivor(HelpDeskDb db, Guid into, CancellationToken cancel)
    {
        var gone = await ReadCustomer.Gone(db, into, StatusCodes.Status409Conflict, cancel);
        return gone.Status == StatusCodes.Status409Conflict ? gone : new Refusal(
            StatusCodes.Status422UnprocessableEntity, "unknown-customer", "Well-formed, but impossible", $"There is no customer {into}.",
            new Dictionary<string, string[]> { ["into"] = ["must be the id of a customer"] });
    }

    private static CustomerDefinition Together(CustomerDefinition survivor, CustomerDefinition merged) => survivor with
    {
        Email = survivor.Email ?? merged.Email,
        Name = survivor.Name ?? merged.Name,
        Locale = survivor.Locale ?? merged.Locale,
        TimeZone = survivor.TimeZone ?? merged.TimeZone,
        Tier = survivor.Tier ?? merged.Tier,
        QuietHours = survivor.QuietHours ?? merged.QuietHours,
        OrganisationId = survivor.OrganisationId ?? merged.OrganisationId,
        WebhookUrl = survivor.WebhookUrl ?? merged.WebhookUrl,
        Emails = [.. survivor.Emails!, .. merged.Emails!],
    };

    /// <summary>Everything that refers to the one that goes; then the row itself, so that nothing can refer to it any more. Answers how many tickets moved.</summary>
    private static async Task<int> Move(
        HelpDeskDb db, Guid id, Guid into, Guid? organisation, Instant now, string actor, string? requestId, CancellationToken cancel)
    {
        var at = now.ToUtc();
        var moved = await db.Database.ExecuteSqlAsync(
            $$"""
            with before as materialized (select id, organisation_id from tickets where requester_id = {{id}}),
            moved as (
                update tickets t set requester_id = {{into}}, organisation_id = {{organisation}}, row_version = row_version + 1, updated_at = greatest(updated_at, {{at}})
                from before where t.id = before.id returning t.id)
            insert into events (at, type, ticket_id, actor, request_id, data)
            select {{at}}, 'ticket.updated', id, {{actor}}, {{requestId}}, jsonb_build_object('changes',
                jsonb_build_object('requesterId', jsonb_build_object('from', {{id}}, 'to', {{into}}))
                || case when organisation_id is not distinct from {{organisation}} then '{}'::jsonb
                    else jsonb_build_object('organisationId', jsonb_build_object('from', organisation_id, 'to', {{organisation}}::uuid)) end)
            from before join moved using (id) order by id
            """,
            cancel);
        await db.Database.ExecuteSqlAsync($"update deliveries set customer_id = {into} where customer_id = {id}", cancel);
        await db.Database.ExecuteSqlAsync($"update customer_merges set into_id = {into} where into_id = {id}", cancel);
        await db.Database.ExecuteSqlAsync($"insert into customer_merges (id, into_id, merged_at) values ({id}, {into}, {at})", cancel);
        await db.Database.ExecuteSqlAsync($"delete from customers where id = {id}", cancel);
        return moved;
    }
}
