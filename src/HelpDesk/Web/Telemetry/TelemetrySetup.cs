namespace HelpDesk.Web.Telemetry;

internal static class TelemetrySetup
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (OtlpSettings.Read(configuration) is not { } settings) return;
        services.AddSingleton(settings);
        services.AddHostedService<OtlpExport>();
    }
}
