using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Organisations;

internal static class CreateOrganisation
{
    /// <summary>Make an organisation</summary>
    /// <remarks>Customers there are do not join it by themselves, new ones with an address in its domains do. Refused (409, domain-taken) where another has a domain, and
    /// (403, queue-forbidden) with domains or a webhookUrl for a key that is held to queues.</remarks>
    public static async Task<Created<OrganisationResponse>> Handle(
        OrganisationDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, OutgoingGuard guard, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = OrganisationRules.Read(request, guard);
        if (definition.WebhookUrl is not null || definition.Domains is { Count: > 0 }) caller.MustSeeAll();
        var organisation = new Organisation(definition, now);
        db.Add(organisation);
        db.Add(Event.Of(
            "organisation.created", now, caller.Id, http.TraceIdentifier, new { organisationId = organisation.Id, changes = MemberChanges.Between(null, definition) }));
        await OrganisationRules.Save(db, cancel);
        http.SetETag(organisation.RowVersion);
        return TypedResults.Created($"/v1/organisations/{organisation.Id}", OrganisationResponse.Of(organisation));
    }
}
