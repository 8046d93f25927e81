using System.Text.Json;
using HelpDesk.Policies;
using HelpDesk.Time;
using HelpDesk.Web.Json;

namespace HelpDesk.Advisories;

/// <summary>What an operator tells customers about something that affects many of them. It holds from its beginning (inclusive) to its end (exclusive).</summary>
internal sealed class Advisory
{
    private Advisory()
    {
    }

    /// <param name="definition">As <see cref="AdvisoryRules.Read"/> gives it.</param>
    public Advisory(AdvisoryDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long Sequence { get; private set; }

    public long RowVersion { get; private set; } = 1;

    /// <summary>JSON.</summary>
    public string Texts { get; private set; } = "{}";

    public Instant From { get; private set; }

    public Instant? Until { get; private set; }

    public bool Published { get; private set; }

    /// <summary>JSON.</summary>
    public string When { get; private set; } = "{}";

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public AdvisoryDefinition Definition => new(ReadTexts(Texts), From, Until, Published, ReadWhen(When));

    public bool IsOver(Instant now) => Until <= now;

    public bool IsActive(Instant now) => From <= now && !IsOver(now);

    public void Change(AdvisoryDefinition to, Instant now)
    {
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    private void Take(AdvisoryDefinition definition)
    {
        (From, Until, Published) = (definition.From!.Value, definition.Until, definition.Published);
        Texts = JsonSerializer.Serialize(definition.Texts, JsonConventions.Options);
        When = JsonSerializer.Serialize(definition.When ?? new(), JsonConventions.Options);
    }

    public static IReadOnlyDictionary<string, AdvisoryText> ReadTexts(string json) => JsonSerializer.Deserialize<Dictionary<string, AdvisoryText>>(json, JsonConventions.Options)!;

    public static PolicyConditions ReadWhen(string json) => JsonSerializer.Deserialize<PolicyConditions>(json, JsonConventions.Options)!;
}
