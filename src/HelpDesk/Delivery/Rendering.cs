using HelpDesk.Database;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpDesk.Delivery;

/// <summary>
/// Messages from templates: in the first wanted language that has one, the operator's own before the desk's, that for the channel before that for all. Makes no
/// question to the database: <see cref="TemplateShelf.Refresh"/> is for whoever begins to write.
/// </summary>
internal sealed partial class Rendering(Languages languages, TemplateShelf? shelf = null, ILogger<Rendering>? log = null)
{
    private readonly ILogger log = log ?? NullLogger<Rendering>.Instance;

    /// <param name="model">As the kind's <see cref="MessageShape"/> has it.</param>
    public RenderedMessage Render(MessageKind kind, string? locale, object model, DeliveryChannel channel = DeliveryChannel.Email)
    {
        foreach (var wanted in languages.Wanted(locale))
        {
            if (shelf?.Find(kind, wanted, channel) is { } own && Render(own, model) is { } message) return message;
            if (ShippedTemplate.Find(kind, wanted) is { } shipped) return shipped.Compiled.Render(model);
        }

        throw new InvalidOperationException($"No template for {kind.Word()} comes with the desk.");
    }

    /// <summary>What was checked when it was saved does not fail. Should it all the same, the message goes out in the desk's own words.</summary>
    private RenderedMessage? Render(ShelvedTemplate template, object model)
    {
        try
        {
            return template.Compiled.Render(model);
        }
        catch (Exception error)
        {
            LogFailed(error, template.Key.Id, template.Key.Version);
            return null;
        }
    }

    [LoggerMessage(2008, LogLevel.Error, "Template {Template} in version {Version} cannot be filled in; another takes its place")]
    private partial void LogFailed(Exception error, Guid template, int version);
}
