using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Advisories;

internal static class CreateAdvisory
{
    /// <summary>Make an advisory</summary>
    /// <remarks>
    /// While it holds, follow-ups and apologies of the tickets it covers give it as the reason, where the ticket has none of its own: in the customer's language, the newest one where there
    /// are several. Refused (409, too-many-advisories) while there are 100 that are not over.
    /// </remarks>
    public static async Task<Created<AdvisoryResponse>> Handle(
        AdvisoryDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, AdvisoryNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = AdvisoryRules.Read(request, now);
        await using var transaction = await db.Begin(cancel);
        await AdvisoryRules.Lock(db, cancel);
        var advisory = new Advisory(definition, now);
        await AdvisoryRules.RefuseTooMany(db, advisory, now, cancel);
        db.Add(advisory);
        db.Add(Event.Of("advisory.created", now, caller.Id, http.TraceIdentifier, new { advisoryId = advisory.Id, changes = MemberChanges.Between(null, definition) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        http.SetETag(advisory.RowVersion);
        return TypedResults.Created($"/v1/advisories/{advisory.Id}", AdvisoryResponse.Of(advisory, now));
    }
}
