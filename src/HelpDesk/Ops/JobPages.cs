using HelpDesk.Access;
using HelpDesk.Jobs;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>
/// The pages of the job engine, where the one that the desk was built with has any, behind the same door as the operators' view; leads look at them, too, and press nothing. What is done there is done
/// to the engine's own tables: it is written in the server's log, with who did it, and not in the desk's.
/// </summary>
internal sealed partial class JobPages(IJobEngine engine, ILogger<JobPages> log)
{
    public const string Address = "/jobs";

    /// <summary>Its own files and calls to its own desk. The one sheet of styles that its charts put into the page is let in by its hash, nothing else that stands in the page.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg='; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'self'";

    private RequestDelegate? pages;

    public bool AreThere => engine.HasDashboard;

    public void Build(IApplicationBuilder app) => pages = engine.Dashboard(app, Address);

    /// <summary>Of who may do everything; the door refuses others.</summary>
    public IResult Do(HttpContext http)
    {
        LogDone(Caller.Of(http.User)!.Id, http.Request.Path.Value!);
        return Show(http);
    }

    /// <summary>A page, one of its files, or the figures that a page asks for every few seconds.</summary>
    public IResult Show(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.OnStarting(() =>
        {
            // Its files say themselves for how long they are good.
            if (http.Response.ContentType is "text/html") (http.Response.ContentType, http.Response.Headers.CacheControl) = (PageHeaders.ContentType, "no-store");
            return Task.CompletedTask;
        });
        return new Answer(pages!);
    }

    private sealed class Answer(RequestDelegate pages) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => pages(httpContext);
    }

    [LoggerMessage(1302, LogLevel.Information, "{Caller} used the job engine's pages: {Path}")]
    private partial void LogDone(string caller, string path);
}

internal static class JobPageEndpoints
{
    public static IEndpointConventionBuilder MapJobPages(this IEndpointRouteBuilder app)
    {
        var pages = app.ServiceProvider.GetRequiredService<JobPages>();
        var jobs = app.MapGroup(JobPages.Address).ServesPages().WithoutIdempotencyKey().AddEndpointFilter<RouteGroupBuilder, OpsDoor>();
        if (pages.AreThere)
        {
            pages.Build(app.CreateApplicationBuilder());
            jobs.MapGet("/{**path}", pages.Show).WithMetadata(new OpenToLeads());
            jobs.MapPost("/stats", pages.Show).WithMetadata(new OpenToLeads());
            jobs.MapPost("/{**path}", pages.Do);
        }
        else
        {
            jobs.MapGet("/", JobBoard.Show).WithMetadata(new OpenToLeads());
        }

        return jobs;
    }
}
