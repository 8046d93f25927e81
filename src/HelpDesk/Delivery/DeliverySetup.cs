using HelpDesk.Web.Outgoing;

namespace HelpDesk.Delivery;

internal static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var options = MailOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddSingleton(new MailIds(options.Domain));
        services.AddSingleton(new Languages(configuration["Desk:Locale"]));
        services.AddSingleton<DateWords>();
        services.AddSingleton<PromiseWords>();
        services.AddSingleton<TemplateShelf>();
        services.AddSingleton<Rendering>();
        if (options.Host is null) services.AddSingleton<IMailDoor, FolderDoor>();
        else services.AddSingleton<IMailDoor>(provider => new SmtpDoor(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(OutgoingGuard.Read(configuration));
        services.AddSingleton<IWebhookDoor, WebhookDoor>();
        services.AddSingleton<WebhookMessages>();
        services.AddSingleton<MailBell>();
        services.AddSingleton<DeliverDue>();
        // Read here, so that a bad setting stops the start.
        services.AddSingleton(new MailRetention(configuration));
        services.AddSingleton<ForgetOldMail>();
        return services;
    }
}
