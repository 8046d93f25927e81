using HelpDesk.Time;

namespace HelpDesk.Agents;

/// <summary>A person who answers customers.</summary>
internal sealed class Agent
{
    private Agent()
    {
    }

    /// <param name="definition">As <see cref="AgentRules.Read"/> gives it.</param>
    public Agent(AgentDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    public AgentRole Role { get; private set; }

    public List<string> Queues { get; private set; } = [];

    public bool RestrictedToQueues { get; private set; }

    public bool Active { get; private set; }

    public string? Locale { get; private set; }

    public string? TimeZone { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public AgentDefinition Definition => new(Name, Email, Role, Queues, RestrictedToQueues, Active, Locale, TimeZone);

    public void Change(AgentDefinition to, Instant now)
    {
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    private void Take(AgentDefinition definition)
    {
        (Name, Email, Role, Queues) = (definition.Name, definition.Email, definition.Role, [.. definition.Queues ?? []]);
        (RestrictedToQueues, Active, Locale, TimeZone) = (definition.RestrictedToQueues, definition.Active, definition.Locale, definition.TimeZone);
    }
}
