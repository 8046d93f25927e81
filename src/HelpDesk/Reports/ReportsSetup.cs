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
        .AddSingleton<DayStrips>()
        .AddSingleton<AddressLimit>();

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var limit = api.ServiceProvider.GetRequiredService<PerformanceOptions>().IsPublic ? api.ServiceProvider.GetRequiredService<AddressLimit>() : null;
        var reports = api.MapGroup("/commitments").About("Performance", "How well the desk keeps what it promises.");
        Open(reports.MapGet("/performance", ReadPerformance.Handle).WithFilters(ReadPerformance.Filters).WithETag(), limit);
        Open(reports.MapGet("/badge.svg", ReadBadge.Handle).WithName("readPerformanceBadge").WithFilters(ReadBadge.Filters).WithETag().Produces<string>(StatusCodes.Status200OK, ReadBadge.Type), limit);
    }

    /// <param name="limit">Of those without a key; null where they are not let in.</param>
    private static void Open(RouteHandlerBuilder endpoint, AddressLimit? limit)
    {
        if (limit is not null) endpoint.AllowPublic().AddEndpointFilter(limit);
        else endpoint.RequireScope(Scopes.ReportsRead);
    }
}
