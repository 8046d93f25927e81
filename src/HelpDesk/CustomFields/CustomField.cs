using HelpDesk.Time;

namespace HelpDesk.CustomFields;

/// <summary>A field of the desk's own. Its key and type never change: the values that tickets have would mean something else.</summary>
internal sealed class CustomField
{
    private CustomField()
    {
    }

    /// <param name="definition">As <see cref="CustomFieldRules.Read"/> gives it.</param>
    public CustomField(CustomFieldDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        Key = definition.Key;
        Type = definition.Type;
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Key { get; private set; } = "";

    public string Label { get; private set; } = "";

    public CustomFieldType Type { get; private set; }

    public List<string> Choices { get; private set; } = [];

    public bool Required { get; private set; }

    public string? Description { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public CustomFieldDefinition Definition => new(Key, Label, Type, Choices.Count == 0 ? null : Choices, Required, Description);

    public void Change(CustomFieldDefinition to, Instant now)
    {
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    private void Take(CustomFieldDefinition definition) =>
        (Label, Choices, Required, Description) = (definition.Label, [.. definition.Choices ?? []], definition.Required, definition.Description);
}
