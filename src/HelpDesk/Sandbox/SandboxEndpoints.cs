using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Sandbox;

internal static class SandboxEndpoints
{
    public static IServiceCollection AddSandbox(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (DatabaseSetup.Sandbox.Read(configuration) && environment.IsProduction()) throw DatabaseSetup.Sandbox.Wrong("must not be true in Production: whoever sets the clock decides which promises lapse");
        return services.AddSingleton<AdvanceClock>();
    }

    /// <summary>Only where <c>Sandbox:Clock</c> is true: elsewhere there is nothing at these addresses.</summary>
    public static void MapSandbox(this IEndpointRouteBuilder api)
    {
        if (!api.ServiceProvider.GetRequiredService<SandboxClockSetting>().Enabled) return;
        var clock = api.MapGroup("/sandbox/clock").About("Sandbox", "A clock to be moved by hand, for trying the desk out. Only where Sandbox:Clock is true; 404 elsewhere.").RequireScope(Scopes.Admin);
        clock.MapGet("/", SetClock.HandleRead).WithName("readClock");
        clock.MapPut("/", SetClock.Handle);
        clock.MapPost("/advance", AdvanceClock.Handle).WithOwnIdempotencyKey();
    }
}
