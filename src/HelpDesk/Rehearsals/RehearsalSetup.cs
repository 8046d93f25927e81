namespace HelpDesk.Rehearsals;

internal static class RehearsalSetup
{
    public static IServiceCollection AddRehearsals(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(RehearsalOptions.Read(configuration)).AddSingleton<TicketHistories>().AddScoped<RehearseTickets>();
}
