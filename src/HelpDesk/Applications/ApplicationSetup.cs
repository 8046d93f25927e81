using HelpDesk.LongWork;

namespace HelpDesk.Applications;

internal static class ApplicationSetup
{
    public static IServiceCollection AddApplications(this IServiceCollection services)
    {
        services.AddSingleton<DryRun>().AddSingleton<AskForApplication>().AddSingleton<ApplyVersion>();
        foreach (var kind in new[] { ApplyVersion.OfPolicy, ApplyVersion.OfCalendar })
        {
            services.AddSingleton(new LongWorkKind(kind, (provider, id, now, cancel) => provider.GetRequiredService<ApplyVersion>().Step(id, now, cancel)));
        }

        return services;
    }
}
