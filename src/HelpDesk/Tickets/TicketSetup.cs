using HelpDesk.Commitments;
using HelpDesk.Delivery;
using HelpDesk.Search;

namespace HelpDesk.Tickets;

internal static class TicketSetup
{
    public static IServiceCollection AddTickets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DeskSettings.Read(configuration));
        services.AddSingleton<SweepBell>();
        services.AddSingleton<PromiseMeter>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<TicketReader>();
        services.AddSingleton<Letters>();
        services.AddSingleton(new SearchLanguages(Languages.Default.Read(configuration)));
        services.AddSingleton<TicketDesk>();
        services.AddSingleton<OpenTicket>();
        services.AddSingleton<SetAside>();
        services.AddSingleton<CloseResolved>();
        return services;
    }
}
