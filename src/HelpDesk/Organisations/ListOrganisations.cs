using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Organisations;

internal static class ListOrganisations
{
    /// <summary>List the organisations</summary>
    /// <remarks>Oldest first.</remarks>
    /// <param name="domain">Only the one that has this domain, in whatever case.</param>
    /// <param name="tier">Only those of this tier.</param>
    /// <param name="externalRef">Only those that another system calls so.</param>
    public static async Task<Paged<OrganisationResponse>> Handle(
        Page page, string? domain, string? tier, string? externalRef, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<Organisation>().AsNoTracking().Include(row => row.Domains).AsQueryable();
        if (domain?.Trim().ToLowerInvariant() is { } wanted) rows = rows.Where(row => row.Domains.Any(its => its.Domain == wanted));
        if (tier is not null) rows = rows.Where(row => row.Tier == tier);
        if (externalRef is not null) rows = rows.Where(row => row.ExternalRef == externalRef);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(OrganisationResponse.Of)], organisation => organisation.Id);
    }
}
