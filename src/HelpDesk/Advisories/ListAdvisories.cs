using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Advisories;

internal static class ListAdvisories
{
    public static readonly QueryFilter Active = new("active", "true: only those that hold now; false: only those that do not hold yet, or no more.", Words: ["true", "false"], IsList: false);

    /// <summary>List the advisories</summary>
    /// <remarks>Oldest first, those that are over among them.</remarks>
    public static async Task<Paged<AdvisoryResponse>> Handle(Page page, HttpRequest request, HelpDeskDb db, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var rows = db.Set<Advisory>().AsNoTracking();
        rows = QueryValues.YesOrNo(request, Active.Name) switch
        {
            true => rows.Where(row => row.From <= now && (row.Until == null || row.Until > now)),
            false => rows.Where(row => row.From > now || row.Until <= now),
            null => rows,
        };
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(row => AdvisoryResponse.Of(row, now))], advisory => advisory.Id);
    }
}
