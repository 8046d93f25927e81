namespace HelpDesk.Templates;

internal static class TemplateSetup
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddSingleton<SampleLetters>();
        services.AddSingleton<PreviewTemplate>();
        return services;
    }
}
