using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Advisories;

internal static class ReadAdvisory
{
    /// <summary>Read an advisory</summary>
    public static async Task<Ok<AdvisoryResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, CancellationToken cancel)
    {
        var advisory = await Find(db, id, cancel);
        http.SetETag(advisory.RowVersion);
        return TypedResults.Ok(AdvisoryResponse.Of(advisory, await clock.Now(cancel)));
    }

    public static async Task<Advisory> Find(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<Advisory>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("advisory");
}
