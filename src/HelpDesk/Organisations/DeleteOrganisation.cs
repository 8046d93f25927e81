using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Organisations;

internal static class DeleteOrganisation
{
    /// <summary>Delete an organisation</summary>
    /// <remarks>Refused (409, organisation-in-use) while customers belong to it or tickets were opened under it.</remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        // Whoever is just joining it holds it too: it is looked at after they are done.
        await db.Hold("organisations", id, cancel);
        var organisation = await ReadOrganisation.Find(db, id, cancel);
        http.RequireMatch(organisation.RowVersion);
        if (await IsUsed(db, id, cancel)) throw Refusal.Conflict("organisation-in-use", "Customers belong to this organisation, or tickets were opened under it.");
        db.Remove(organisation);
        await db.Set<WebhookSecret>().Where(secret => secret.Holder == WebhookHolder.OfOrganisation(id)).ExecuteDeleteAsync(cancel);
        db.Add(Event.Of(
            "organisation.deleted", now, caller.Id, http.TraceIdentifier, new { organisationId = id, changes = MemberChanges.Between(organisation.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    private static Task<bool> IsUsed(HelpDeskDb db, Guid id, CancellationToken cancel) => db.Database
        .SqlQuery<bool>($"""
            select exists (select from customers where organisation_id = {id}) or exists (select from tickets where organisation_id = {id}) as "Value"
            """)
        .SingleAsync(cancel);
}
