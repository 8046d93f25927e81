using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Customers;

internal static class ListCustomers
{
    /// <summary>List the customers</summary>
    /// <remarks>Oldest first, without those who were merged or erased.</remarks>
    /// <param name="email">Only the customer who has this address, in whatever case.</param>
    /// <param name="tier">Only those with this tier of their own.</param>
    /// <param name="organisation">Only those who belong to the organisation with this id.</param>
    /// <param name="q">Only those whose name begins so, in whatever case.</param>
    public static async Task<Paged<CustomerResponse>> Handle(
        Page page, string? email, string? tier, Guid? organisation, string? q, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Whole().AsNoTracking();
        if (CustomerRules.EmailOf(email) is { } address) rows = rows.Where(row => row.Addresses.Any(its => its.Email == address));
        if (tier is not null) rows = rows.Where(row => row.Tier == tier);
        if (organisation is not null) rows = rows.Where(row => row.OrganisationId == organisation);
#pragma warning disable CA1304, CA1311, CA1862 // The database lowers it, by its own rules.
        if (Prefix(q) is { } prefix) rows = rows.Where(row => EF.Functions.Like(row.Name!.ToLower(), prefix, "\\"));
#pragma warning restore CA1304, CA1311, CA1862
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(CustomerResponse.Of)], customer => customer.Id);
    }

    private static string? Prefix(string? q) => q?.Trim() is not { Length: > 0 } text ? null
        : text.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
