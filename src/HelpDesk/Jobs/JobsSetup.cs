using HelpDesk.Jobs.Engine;
using HelpDesk.Web.Settings;
using HelpDesk.Web.Health;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Jobs;

internal static class JobsSetup
{
    private static readonly Switch Enabled = new("Jobs:Enabled", "`false`: this process serves requests and runs no jobs", true);

    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        var options = JobOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddSingleton<JobLog>();
        services.AddSingleton<JobMeter>();
        services.AddSingleton<JobRows>();
        services.AddSingleton<JobSwitches>();
        services.AddSingleton<JobBell>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<SharedRun>();
        services.AddSingleton<JobList>();
        foreach (var job in RecurringJobs.All) services.AddSingleton(job);
        // Also where none run: it is asked when they come next, and has pages to show.
        services.AddEngine(options);
        if (DocumentRun.IsOn || !configuration.AreJobsOn()) return services;
        services.AddHosted<TimedJobs>().AddHosted<SharedJobs>().AddHosted<AskedRuns>();
        services.AddSingleton(provider => new Readiness("jobs", provider.GetRequiredService<SharedJobs>().Trouble));
        return services;
    }

    public static bool AreJobsOn(this IConfiguration configuration) => Enabled.Read(configuration);

    /// <summary>The engine's tables, as part of the migrations.</summary>
    public static Task PrepareEngine(this IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<IJobEngine>().Prepare(cancel);

    private static IServiceCollection AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService => services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
