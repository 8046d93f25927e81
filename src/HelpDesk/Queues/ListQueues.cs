using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Queues;

internal static class ListQueues
{
    /// <summary>List the queues</summary>
    /// <remarks>Oldest first. Names that tickets use without having been registered are not among them.</remarks>
    /// <param name="name">Only the queue with this name, in whatever case.</param>
    public static async Task<Paged<QueueResponse>> Handle(Page page, string? name, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<Queue>().AsNoTracking();
#pragma warning disable CA1304, CA1311, CA1862 // The database lowers it, by its own rules.
        if (name?.Trim().ToLowerInvariant() is { } wanted) rows = rows.Where(row => row.Name.ToLower() == wanted);
#pragma warning restore CA1304, CA1311, CA1862
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(QueueResponse.Of)], queue => queue.Id);
    }
}
