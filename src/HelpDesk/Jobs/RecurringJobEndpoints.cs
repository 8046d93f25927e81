using HelpDesk.Access;

namespace HelpDesk.Jobs;

internal static class RecurringJobEndpoints
{
    public static void MapRecurringJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs").RequireScope(Scopes.Admin);
        jobs.MapGet("/", ReadRecurringJobs.Handle);
        jobs.MapPost("/{name}/run", RunJobNow.Handle);
        jobs.MapPut("/{name}/paused", PauseJob.Handle);
    }
}
