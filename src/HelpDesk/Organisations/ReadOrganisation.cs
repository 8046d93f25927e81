using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Organisations;

internal static class ReadOrganisation
{
    /// <summary>Read an organisation</summary>
    public static async Task<Ok<OrganisationResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var organisation = await Find(db, id, cancel);
        http.SetETag(organisation.RowVersion);
        return TypedResults.Ok(OrganisationResponse.Of(organisation));
    }

    public static async Task<Organisation> Find(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<Organisation>().Include(row => row.Domains).FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("organisation");
}
