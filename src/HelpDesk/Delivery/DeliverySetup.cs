namespace HelpDesk.Delivery;

internal static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        // Read here, so that a bad setting stops the start.
        services.AddSingleton(new MailRetention(configuration));
        services.AddSingleton<ForgetOldMail>();
        return services;
    }
}
