using HelpDesk.Calendars;

namespace HelpDesk.Policies;

internal static class PolicySetup
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<CalendarShelf>();
        services.AddSingleton<RulesNews>();
        services.AddSingleton<PolicyShelf>();
        return services;
    }
}
