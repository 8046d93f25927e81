using HelpDesk.Time;

namespace HelpDesk.Organisations;

/// <summary>What customers belong to.</summary>
internal sealed class Organisation
{
    private readonly List<OrganisationDomain> domains = [];

    private Organisation()
    {
    }

    /// <param name="definition">As <see cref="OrganisationRules.Read"/> gives it.</param>
    public Organisation(OrganisationDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Name { get; private set; } = "";

    public string? Tier { get; private set; }

    public IReadOnlyCollection<OrganisationDomain> Domains => domains;

    public string? ExternalRef { get; private set; }

    public string? Note { get; private set; }

    public string? WebhookUrl { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public OrganisationDefinition Definition => new(Name, Tier, [.. domains.OrderBy(row => row.Position).Select(row => row.Domain)], ExternalRef, Note, WebhookUrl);

    public void Change(OrganisationDefinition to, Instant now)
    {
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    private void Take(OrganisationDefinition definition)
    {
        (Name, Tier, ExternalRef, Note) = (definition.Name, definition.Tier, definition.ExternalRef, definition.Note);
        WebhookUrl = definition.WebhookUrl;
        var names = (definition.Domains ?? []).ToList();
        domains.RemoveAll(row => !names.Contains(row.Domain));
        foreach (var (position, name) in names.Index())
        {
            if (domains.Find(row => row.Domain == name) is { } there) there.Position = position;
            else domains.Add(new OrganisationDomain(name) { Position = position });
        }
    }
}

/// <summary>One domain of one organisation.</summary>
internal sealed class OrganisationDomain(string domain)
{
    public string Domain { get; private set; } = domain;

    public Guid OrganisationId { get; private set; }

    public int Position { get; set; }
}
