namespace HelpDesk.Advisories;

internal static class AdvisorySetup
{
    public static IServiceCollection AddAdvisories(this IServiceCollection services) => services.AddSingleton<AdvisoryNews>().AddSingleton<AdvisoryShelf>();
}
