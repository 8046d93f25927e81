using System.Data.Common;
using Npgsql;
using Quartz;

namespace HelpDesk.Jobs.Engine;

internal static class EngineSetup
{
    /// <summary>
    /// For what must run once across servers. 2026-11-22, idle, two busy cores: 0.8 transactions/s and 0.6 % of a core over a process without it, with nothing
    /// to do but check in; a job each second would pay for claiming and completing every turn. Hence the sweeps, which SKIP LOCKED makes safe everywhere,
    /// run on <see cref="TimedJobs"/>.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, JobOptions options)
    {
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(engine => Configure(engine, options));
        return services.AddSingleton<IJobEngine, QuartzEngine>();
    }

    private static void Configure(IQuartzBuilder engine, JobOptions options)
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
            store.ConfigureStore(each => each.TablePrefix = "quartz.qrtz_");
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = options.Look.ToTimeSpan();
                cluster.CheckinMisfireThreshold = (options.Patience - options.Look).ToTimeSpan();
            });
        });
    }
}
