namespace HelpDesk.Ops;

internal static class OpsSetup
{
    public static IServiceCollection AddOps(this IServiceCollection services) => services
        .AddSingleton<OpsDesk>()
        .AddSingleton<JobPages>()
        .AddSingleton<SessionLog>()
        .AddSingleton<PromiseQueries>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<LongWorkQueries>()
        .AddSingleton<HolidayFeedQueries>();
}
