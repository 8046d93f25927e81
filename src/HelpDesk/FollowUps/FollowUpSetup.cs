using HelpDesk.Web.Metrics;

namespace HelpDesk.FollowUps;

internal static class FollowUpSetup
{
    public static IServiceCollection AddFollowUps(this IServiceCollection services) =>
        services.AddSingleton<SweepDue>().AddSingleton<RecallUnsent>()
            .AddSingleton<SweepGauges>().AddSingleton(provider => new GaugeRefresh(provider.GetRequiredService<SweepGauges>().Refresh));
}
