using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Policies;

internal static class ReadPolicy
{
    /// <summary>Read a policy</summary>
    public static async Task<Ok<PolicyResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var (policy, version) = await Find(db, id, cancel);
        http.SetETag(policy.RowVersion);
        return TypedResults.Ok(PolicyResponse.Of(version));
    }

    /// <summary>List the policies</summary>
    /// <remarks>In the order they are tried.</remarks>
    public static async Task<Paged<PolicyResponse>> HandleAll(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = Current(db).AsNoTracking();
        if (page.After(out int last)) rows = rows.Where(row => row.Policy.Position > last);
        var found = await rows.OrderBy(row => row.Policy.Position).Take(page.Take).ToListAsync(cancel);
        var positions = found.ToDictionary(row => row.Policy.Id, row => row.Policy.Position!.Value);
        return page.Of([.. found.Select(row => PolicyResponse.Of(row.Version))], policy => positions[policy.Id]);
    }

    /// <summary>List a policy's versions</summary>
    /// <remarks>The newest first. A version never changes.</remarks>
    public static async Task<Paged<PolicyResponse>> HandleVersions(Guid id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var versions = db.Set<PolicyVersion>().AsNoTracking().Where(row => row.PolicyId == id);
        if (!await versions.AnyAsync(cancel)) throw Refusal.NotFound("policy");
        if (page.After(out int last)) versions = versions.Where(row => row.Version < last);
        var found = await versions.OrderByDescending(row => row.Version).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(PolicyResponse.Of)], policy => policy.Version);
    }

    public static async Task<(Policy Policy, PolicyVersion Version)> Find(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        var found = await Current(db).FirstOrDefaultAsync(row => row.Policy.Id == id, cancel) ?? throw Refusal.NotFound("policy");
        return (found.Policy, found.Version);
    }

    private static IQueryable<CurrentPolicy> Current(HelpDeskDb db) =>
        from policy in db.Set<Policy>()
        where policy.DeletedAt == null
        join version in db.Set<PolicyVersion>() on new { policy.Id, policy.Version } equals new { Id = version.PolicyId, version.Version }
        select new CurrentPolicy { Policy = policy, Version = version };

    private sealed class CurrentPolicy
    {
        public required Policy Policy { get; init; }

        public required PolicyVersion Version { get; init; }
    }
}
