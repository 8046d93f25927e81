using Microsoft.AspNetCore.Antiforgery;

namespace HelpDesk.Jobs.Engine;

internal static class EngineSetup
{
    public static IServiceCollection AddEngine(this IServiceCollection services, JobOptions options)
    {
        services.AddSingleton<HangfireStore>();
        services.AddSingleton<IAntiforgery, SessionAntiforgery>();
        return services.AddSingleton<IJobEngine, HangfireEngine>();
    }
}
