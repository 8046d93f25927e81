namespace HelpDesk.Escalation;

internal static class EscalationSetup
{
    public static IServiceCollection AddEscalation(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(NoticeOptions.Read(configuration)).AddSingleton<Digest>().AddSingleton<SendNotices>();
}
