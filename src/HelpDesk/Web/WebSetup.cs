using HelpDesk.Web.Json;
using HelpDesk.Web.Metrics;
using HelpDesk.Web.OpenApi;
using HelpDesk.Web.Pages;
using HelpDesk.Web.Problems;
using HelpDesk.Web.Telemetry;

namespace HelpDesk.Web;

/// <summary>HTTP manners shared by every endpoint.</summary>
internal static class WebSetup
{
    private const long MaxBodyBytes = 1024 * 1024;

    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        ServedAddress.Check(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.AddLogs(builder.Environment);
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => JsonConventions.Apply(json.SerializerOptions));
        // Not only in Development: a bad request is an exception that becomes a problem naming the member.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<IHttpContextFactory, RequestIds>();
        // Before the writer that takes whatever is left.
        services.AddPages(builder.Configuration);
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddValidation();
        services.AddCompression();
        services.AddCors(builder.Configuration);
        services.AddDocument();
        services.AddFigures();
        services.AddTelemetry(builder.Configuration);
        return builder;
    }

    public static WebApplication UseWeb(this WebApplication app)
    {
        app.UseRequestTraces();
        app.UseSecretPaths();
        app.UseStandingHeaders();
        app.UseHead();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSwaggerPage();
        app.UseRouting();
        app.UseUtf8();
        app.UseDeprecation();
        app.UseConfiguredCors();
        return app;
    }

    /// <summary>The API's root: what every endpoint under it has in common.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app) => app
        .MapGroup("/v1")
        .AddEndpointFilter<RouteGroupBuilder, KnownQueryFilter>()
        .AddEndpointFilter<RouteGroupBuilder, NoBodyFilter>()
        .AddEndpointFilter<RouteGroupBuilder, BodyWalkFilter>()
        .AddEndpointFilter<RouteGroupBuilder, NotModifiedFilter>();
}
