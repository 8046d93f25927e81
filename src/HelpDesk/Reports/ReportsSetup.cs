using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Reports;

internal static class ReportsSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PerformanceOptions.Read(configuration))
        .AddSingleton<RollUp>()
        .AddSingleton<PerformanceBook>()
        .AddSingleton<PerformanceShelf>()
        .AddSingleton<DayStrips>();

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var isPublic = api.ServiceProvider.GetRequiredService<PerformanceOptions>().IsPublic;
        var reports = api.MapGroup("/commitments").About("Performance", "How well the desk keeps what it promises.");
        Open(reports.MapGet("/performance", ReadPerformance.Handle).WithFilters(ReadPerformance.Filters).WithETag());
        Open(reports.MapGet("/badge.svg", ReadBadge.Handle).WithName("readPerformanceBadge").WithFilters(ReadBadge.Filters).WithETag().Produces<string>(StatusCodes.Status200OK, ReadBadge.Type));

        void Open(RouteHandlerBuilder endpoint)
        {
            if (isPublic) endpoint.AllowPublic().LimitByAddress().RequireCors(CorsSetup.Public);
            else endpoint.RequireScope(Scopes.ReportsRead);
        }
    }
}
