using HelpDesk.Web.Metrics;

namespace HelpDesk.Webhooks;

internal static class WebhookSetup
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(WebhookSettings.Read(configuration));
        services.AddSingleton<WebhookBell>();
        services.AddSingleton<WebhookMeter>();
        services.AddSingleton(provider => new GaugeRefresh(provider.GetRequiredService<WebhookMeter>().Refresh));
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<PostLog>();
        services.AddSingleton<PauseWebhook>();
        services.AddSingleton<EnqueueEvents>();
        services.AddSingleton<SendEvents>();
        services.AddSingleton<ForgetDeliveries>();
        return services;
    }
}
