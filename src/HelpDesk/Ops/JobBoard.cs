using HelpDesk.Access;
using HelpDesk.Jobs;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>
/// How the jobs go, for leads, where the job engine has no pages of its own: to look at. What a job failed with is left out: it is the words of whatever went wrong, which may be those of somebody's
/// mail. Who may do everything has all this at the operators' view.
/// </summary>
internal static class JobBoard
{
    public static async Task<IResult> Show(HttpContext http, OpsDesk desk, JobList jobs, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        if (Caller.Of(http.User)!.May(Scopes.Admin)) return new SeeOther($"{frame.Page("ops")}#jobs");
        return new PageAnswer<JobBoardPage, JobBoardView>(frame, new(await desk.Of(http, frame, cancel), await jobs.Read(cancel), jobs.AreOn)) { AsksDesk = true };
    }
}

/// <param name="JobsAreOn">Whether this server runs jobs.</param>
public sealed record JobBoardView(OpsContext Context, IReadOnlyList<JobLine> Jobs, bool JobsAreOn);
