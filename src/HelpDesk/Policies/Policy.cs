using System.Text.Json;
using HelpDesk.Time;
using HelpDesk.Web.Json;

namespace HelpDesk.Policies;

/// <summary>A policy under its name, and its place among the others. What it says is in its versions, which never change.</summary>
internal sealed class Policy
{
    private Policy()
    {
    }

    public Policy(string name, int position, Instant now)
    {
        Id = Ids.New(now);
        Name = name;
        Position = position;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public int Version { get; private set; } = 1;

    public long RowVersion { get; private set; } = 1;

    /// <summary>Policies are tried in this order, the first that matches wins. Null once deleted.</summary>
    public int? Position { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public Instant? DeletedAt { get; private set; }

    public PolicyVersion FirstVersion(PolicyDefinition definition) => new(Id, Version, definition, CreatedAt);

    /// <summary>The next version, or null when nothing changed.</summary>
    public PolicyVersion? Change(PolicyDefinition from, PolicyDefinition to, Instant now)
    {
        if (PolicyVersion.Write(from) == PolicyVersion.Write(to)) return null;
        Name = to.Name!;
        UpdatedAt = now;
        RowVersion++;
        Version++;
        return new PolicyVersion(Id, Version, to, now);
    }

    public void MoveTo(int position, Instant now)
    {
        if (Position == position) return;
        Position = position;
        UpdatedAt = now;
        RowVersion++;
    }

    public void Delete(Instant now)
    {
        DeletedAt = UpdatedAt = now;
        Position = null;
        RowVersion++;
    }
}

/// <summary>One version of what a policy says. Written once.</summary>
internal sealed class PolicyVersion
{
    private PolicyVersion()
    {
    }

    public PolicyVersion(Guid policyId, int version, PolicyDefinition definition, Instant now)
    {
        PolicyId = policyId;
        Version = version;
        CalendarId = definition.CalendarId!.Value;
        Definition = Write(definition);
        CreatedAt = now;
    }

    public Guid PolicyId { get; private set; }

    public int Version { get; private set; }

    public Guid CalendarId { get; private set; }

    /// <summary>The whole definition as JSON.</summary>
    public string Definition { get; private set; } = "";

    public Instant CreatedAt { get; private set; }

    public PolicyDefinition Read() => Read(Definition);

    public static PolicyDefinition Read(string json) => JsonSerializer.Deserialize<PolicyDefinition>(json, JsonConventions.Options)!;

    public static string Write(PolicyDefinition definition) => JsonSerializer.Serialize(definition, JsonConventions.Options);
}
