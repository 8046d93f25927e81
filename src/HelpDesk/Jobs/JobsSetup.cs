using System.Data.Common;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Npgsql;
using Quartz;

namespace HelpDesk.Jobs;

internal static class JobsSetup
{
    /// <summary><c>Jobs:Enabled=false</c> leaves a process to serve requests alone.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JobLog>();
        services.AddSingleton<JobMeter>();
        services.AddSingleton<JobRunner>();
        foreach (var job in RecurringJobs.All) services.AddSingleton(job);
        if (DocumentRun.IsOn || !configuration.IsOn("Jobs:Enabled", otherwise: true)) return services;
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(AddEngine);
        services.AddHostedService<TimedJobs>();
        services.AddHostedService<ClusteredJobs>();
        return services;
    }

    /// <summary>
    /// For what must run once across servers. 2026-11-22, idle, two busy cores: 0.8 transactions/s and 0.6 % of a core over a process without it, with nothing
    /// to do but check in; a job each second would pay for claiming and completing every turn. Hence the sweeps, which SKIP LOCKED makes safe everywhere,
    /// run on <see cref="TimedJobs"/>. Another server takes over within half a minute of one that died.
    /// </summary>
    private static void AddEngine(IQuartzBuilder engine)
    {
        engine.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "helpdesk";
            scheduler.GenerateInstanceId = true;
        });
        engine.UseDefaultThreadPool(2);
        engine.UsePersistentStore(store =>
        {
            store.UsePostgres(database => database.UseRegisteredDataSource = true);
            store.ConfigureStore(options => options.TablePrefix = "quartz.qrtz_");
            store.ProvisionSchema();
            store.UseClustering();
        });
    }
}
