using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.LongWork;

internal static class ReadJob
{
    /// <summary>Read how a job stands</summary>
    /// <remarks>Work that takes longer than a request, such as applying a policy to open tickets. It is there for good, also when it is over.</remarks>
    public static async Task<Ok<JobResponse>> Handle(Guid id, HelpDeskDb db, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        return TypedResults.Ok(JobResponse.Of(await Find(db.Set<LongJob>().AsNoTracking(), id, cancel)));
    }

    public static async Task<LongJob> Find(IQueryable<LongJob> jobs, Guid id, CancellationToken cancel) =>
        await jobs.FirstOrDefaultAsync(job => job.Id == id, cancel) ?? throw Refusal.NotFound("job");
}
