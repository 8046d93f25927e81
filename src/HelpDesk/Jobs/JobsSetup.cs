using System.Data.Common;
using HelpDesk.Web.OpenApi;
using Npgsql;
using Quartz;

namespace HelpDesk.Jobs;

internal static class JobsSetup
{
    /// <summary><c>Jobs:Enabled=false</c> leaves a process to serve requests alone.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JobRunner>();
        foreach (var job in RecurringJobs.All) services.AddSingleton(job);
        if (DocumentRun.IsOn || !configuration.GetValue("Jobs:Enabled", true)) return services;
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(AddEngine);
        services.AddHostedService<TimedJobs>();
        services.AddHostedService<ClusteredJobs>();
        return services;
    }

    /// <summary>
    /// A few jobs a day do not need the eager defaults. Checking in every 7.5 s lets another server take over within half a minute of one that died.
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
