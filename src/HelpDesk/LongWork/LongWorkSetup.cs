namespace HelpDesk.LongWork;

internal static class LongWorkSetup
{
    public static IServiceCollection AddLongWork(this IServiceCollection services) => services.AddSingleton<LongWorkBell>().AddSingleton<DoLongWork>();
}
