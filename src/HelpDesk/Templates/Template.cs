using HelpDesk.Delivery;
using HelpDesk.Time;

namespace HelpDesk.Templates;

/// <summary>A stored template and its place: a kind of message in a locale, over one channel or all. What it says is in its versions, which never change.</summary>
internal sealed class Template
{
    private Template()
    {
    }

    public Template(TemplateDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        Kind = definition.Kind;
        Locale = definition.Locale;
        Channel = definition.Channel;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public int Version { get; private set; } = 1;

    public MessageKind Kind { get; private set; }

    public string Locale { get; private set; } = "";

    public DeliveryChannel? Channel { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public Instant? DeletedAt { get; private set; }

    public TemplateVersion FirstVersion(TemplateDefinition definition) => new(Id, Version, definition, CreatedAt);

    public TemplateVersion Change(TemplateDefinition to, Instant now)
    {
        UpdatedAt = now;
        RowVersion++;
        Version++;
        return new TemplateVersion(Id, Version, to, now);
    }

    /// <summary>The row stays, and with it what was said in its name.</summary>
    public void Delete(Instant now)
    {
        DeletedAt = UpdatedAt = now;
        RowVersion++;
    }

    public TemplateDefinition Definition(TemplateVersion version) => new(Kind, Locale, version.Subject, version.Text, version.Html, Channel);
}

/// <summary>One version of what a template says. Written once.</summary>
internal sealed class TemplateVersion
{
    private TemplateVersion()
    {
    }

    public TemplateVersion(Guid templateId, int version, TemplateDefinition definition, Instant now)
    {
        TemplateId = templateId;
        Version = version;
        Subject = definition.Subject;
        Text = definition.Text;
        Html = definition.Html;
        CreatedAt = now;
    }

    public Guid TemplateId { get; private set; }

    public int Version { get; private set; }

    public string Subject { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string? Html { get; private set; }

    public Instant CreatedAt { get; private set; }
}
