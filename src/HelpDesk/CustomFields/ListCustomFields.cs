using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.CustomFields;

internal static class ListCustomFields
{
    /// <summary>List the custom fields</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Paged<CustomFieldResponse>> Handle(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<CustomField>().AsNoTracking();
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(CustomFieldResponse.Of)], field => field.Id);
    }

    /// <summary>Read a custom field</summary>
    public static async Task<Ok<CustomFieldResponse>> HandleOne(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var field = await db.Set<CustomField>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("custom field");
        http.SetETag(field.RowVersion);
        return TypedResults.Ok(CustomFieldResponse.Of(field));
    }
}
