using Npgsql;

namespace HelpDesk.Attachments;

internal static class AttachmentSetup
{
    public static IServiceCollection AddAttachments(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AttachmentOptions.Read(configuration);
        services.AddSingleton(options);
        // Made here and not at the first upload: a folder that cannot be used stops the start.
        var folder = options.Folder is { } path ? new FolderStore(path) : null;
        services.AddSingleton(provider => new AttachmentStores(provider.GetRequiredService<NpgsqlDataSource>(), folder));
        services.AddSingleton<SweepAttachmentFolder>();
        return services;
    }
}
