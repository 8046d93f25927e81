using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Organisations;

internal static class ChangeOrganisation
{
    /// <summary>Change an organisation</summary>
    /// <remarks>A merge patch. A new tier counts for tickets posted or reclassified from now on; what has been promised stands. A key that is held to queues changes neither webhookUrl nor domains (403, queue-forbidden).</remarks>
    public static async Task<Ok<OrganisationResponse>> Handle(
        Guid id, MergePatch<OrganisationDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, OutgoingGuard guard, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("organisations", id, cancel);
        var organisation = await ReadOrganisation.Find(db, id, cancel);
        http.RequireMatch(organisation.RowVersion);
        var before = organisation.Definition;
        var after = OrganisationRules.Read(await patch.ApplyTo(before, http), guard);
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            if (changes.ContainsKey("webhookUrl") || changes.ContainsKey("domains")) caller.MustSeeAll();
            organisation.Change(after, now);
            db.Add(Event.Of("organisation.updated", now, caller.Id, http.TraceIdentifier, new { organisationId = id, changes }));
            await OrganisationRules.Save(db, cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(organisation.RowVersion);
        return TypedResults.Ok(OrganisationResponse.Of(organisation));
    }
}
