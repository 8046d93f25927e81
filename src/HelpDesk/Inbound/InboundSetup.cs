using System.Text;

namespace HelpDesk.Inbound;

internal static class InboundSetup
{
    public static IServiceCollection AddInbound(this IServiceCollection services, IConfiguration configuration)
    {
        // Mail comes in iso-8859-9 and windows-1254 too.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        services.AddSingleton(InboundOptions.Read(configuration));
        services.AddSingleton<MailReading>();
        services.AddScoped<FileMail>();
        return services;
    }
}
