using System.Text.RegularExpressions;
using HelpDesk.Web;

namespace HelpDesk.CustomFields;

/// <summary>What the members of a field's definition must be.</summary>
internal static partial class CustomFieldRules
{
    private const int LongestChoice = 200;

    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static CustomFieldDefinition Read(CustomFieldDefinition given)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Slug().IsMatch(given.Key)) errors["key"] = ["must be a letter, then letters, digits, \"_\" or \"-\", 50 characters at most"];
        if (string.IsNullOrWhiteSpace(given.Label) || given.Label.Any(char.IsControl)) errors["label"] = ["must be one line that is not blank"];
        var choices = given.Choices ?? [];
        var isChosen = given.Type is CustomFieldType.Choice or CustomFieldType.Choices;
        if (isChosen && choices.Count == 0) errors["choices"] = ["is required for choice and choices"];
        else if (!isChosen && given.Choices is not null) errors["choices"] = ["must be left out: only choice and choices have them"];
        else if (choices.Distinct().Count() < choices.Count) errors["choices"] = ["must be different from each other"];
        for (var index = 0; index < choices.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(choices[index]) || choices[index].Length > LongestChoice || choices[index].Any(char.IsControl))
            {
                errors[$"choices[{index}]"] = [$"must be 1 to {LongestChoice} characters on one line, not blank"];
            }
        }

        return errors.Count == 0 ? given with { Label = given.Label.Trim() } : throw Refusal.Invalid(errors);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,49}\z")]
    private static partial Regex Slug();
}
