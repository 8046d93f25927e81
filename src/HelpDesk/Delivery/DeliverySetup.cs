using HelpDesk.Access;
using HelpDesk.Web.Metrics;
using HelpDesk.Web.Outgoing;
using HelpDesk.Web.Settings;
using Npgsql;

namespace HelpDesk.Delivery;

internal static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var options = MailOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddSingleton(new MailIds(options.Domain));
        services.AddSingleton(new Languages(Languages.Default.Read(configuration)));
        services.AddSingleton<DateWords>();
        services.AddSingleton<PromiseWords>();
        services.AddSingleton<TemplateShelf>();
        services.AddSingleton<Rendering>();
        if (options.Host is null) services.AddSingleton<IMailDoor, FolderDoor>();
        else services.AddSingleton<IMailDoor>(provider => new SmtpDoor(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(OutgoingGuard.Read(configuration));
        services.AddSingleton<IWebhookDoor, WebhookDoor>();
        services.AddSingleton<WebhookMessages>();
        services.AddSingleton(provider => new OptOutLinks(provider.GetRequiredService<DeskKey>(), Everywhere.PublicUrl.Read(configuration)?.TrimEnd('/')));
        services.AddSingleton<MailBell>();
        services.AddSingleton<DeliveryMeter>();
        services.AddSingleton<OutcomeLog>();
        // Read here, so that a bad address stops the start.
        var answersTo = ReplyAddresses.Read(configuration);
        services.AddSingleton(provider => new ReplyAddresses(provider.GetRequiredService<DeskKey>(), answersTo));
        services.AddSingleton(provider => Line(provider, MailRoute(
            provider.GetRequiredService<IMailDoor>(), provider.GetRequiredService<OptOutLinks>(), options, provider.GetRequiredService<ReplyAddresses>())));
        services.AddSingleton(provider => Line(provider, InboxRoute));
        var webhooks = WebhookOptions.Read(configuration) with { Attempts = options.GiveUp.Attempts };
        services.AddSingleton(provider => Line(provider, WebhookRoute(provider.GetRequiredService<WebhookMessages>(), webhooks)));
        services.AddSingleton<DeliverDue>();
        services.AddSingleton<DeliveryGauges>();
        services.AddSingleton(provider => new GaugeRefresh(provider.GetRequiredService<DeliveryGauges>().Refresh));
        // Read here, so that a bad setting stops the start.
        services.AddSingleton(new MailRetention(configuration));
        services.AddSingleton<ForgetOldMail>();
        return services;
    }

    private static DeliveryLine Line(IServiceProvider provider, DeliveryRoute route)
    {
        var (machine, logs) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        return new(
            route, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<OutcomeLog>(), new(machine, logs.CreateLogger<Circuits>()),
            provider.GetRequiredService<DeliveryMeter>(), provider.GetRequiredService<MailBell>(), machine, logs.CreateLogger<DeliverDue>());
    }

    internal static DeliveryRoute MailRoute(IMailDoor door, OptOutLinks optOut, MailOptions options, ReplyAddresses? replies = null) => new()
    {
        Channel = DeliveryChannel.Email,
        Connections = door.Connections,
        HandOver = (mail, cancel) =>
        {
            var linked = mail with { OptOutUrl = optOut.Of(mail.CustomerId), ReplyTo = mail.Kind == MessageKind.Notice ? null : replies?.Of(mail.TicketId) };
            mail.HasBegun = () => linked.HasBegun();
            return door.Send(linked, cancel);
        },
        ServerOf = _ => door.Server,
        Key = DeliveryRoute.RecipientDomain,
        Throttle = new(options.PerDomain, options.Domains),
        GiveUp = options.GiveUp,
    };

    internal static DeliveryRoute WebhookRoute(WebhookMessages messages, WebhookOptions options) => new()
    {
        Channel = DeliveryChannel.Webhook,
        Connections = options.Connections,
        HandOver = messages.Send,
        ServerOf = host => host,
        Key = DeliveryRoute.RecipientHost,
        HasHostPerKey = true,
        GiveUp = new(options.GiveUpAfter, options.Attempts),
    };

    /// <summary>What lies in the inbox has arrived: there is nobody to hand it to.</summary>
    internal static DeliveryRoute InboxRoute { get; } = new()
    {
        Channel = DeliveryChannel.Inbox,
        Connections = 8,
        HandOver = (_, _) => Task.FromResult<string?>(null),
        ServerOf = _ => "inbox",
        GiveUp = new(Duration.FromDays(3), null),
    };
}
