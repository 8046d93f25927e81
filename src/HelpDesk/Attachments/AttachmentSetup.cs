namespace HelpDesk.Attachments;

internal static class AttachmentSetup
{
    public static IServiceCollection AddAttachments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(AttachmentOptions.Read(configuration));
        services.AddSingleton<AttachmentStores>();
        services.AddSingleton<SweepAttachmentFolder>();
        return services;
    }
}
