using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. It stands only in merge patches, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.CustomFields;

/// <summary>A field of the desk's own, that tickets may have under customFields.</summary>
/// <param name="Key">Its name in customFields and in the filter customFields.KEY: a letter, then letters, digits, "_" or "-", 50 characters at most. Stays as it is made. Example: "floor".</param>
/// <param name="Label">What people read beside it. Example: "Floor".</param>
/// <param name="Type">text, number, boolean, date, choice (one of choices) or choices (several of them). Stays as it is made.</param>
/// <param name="Choices">For choice and choices only: 1 to 200 different texts of 1 to 200 characters. Example: ["ground","first"].</param>
/// <param name="Required">Whether a new ticket must have it, and a ticket that has it must keep it. Default false.</param>
/// <param name="Description">What it is for. Example: "Where the device stands.".</param>
[ValidatableType]
[Example("""{ "key": "floor", "label": "Floor", "type": "choice", "choices": ["ground", "first"], "description": "Where the device stands." }""")]
[PatchExample("""{ "choices": ["ground", "first", "second"] }""")]
public sealed record CustomFieldDefinition(
    [property: Required, StringLength(50, MinimumLength = 1)] string Key,
    [property: Required, StringLength(200, MinimumLength = 1)] string Label,
    CustomFieldType Type,
    [property: MaxLength(200)] IReadOnlyList<string>? Choices = null,
    bool Required = false,
    [property: StringLength(2000, MinimumLength = 1)] string? Description = null);

/// <summary>A field of the desk's own.</summary>
/// <param name="Id">Names the field in its address.</param>
/// <param name="Key">Its name in customFields.</param>
/// <param name="Label">What people read beside it.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Choices">What can be chosen; null for other types.</param>
/// <param name="Required">Whether a new ticket must have it.</param>
/// <param name="Description">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record CustomFieldResponse(
    Guid Id, string Key, string Label, CustomFieldType Type, IReadOnlyList<string>? Choices, bool Required, string? Description, Instant CreatedAt, Instant UpdatedAt)
{
    internal static CustomFieldResponse Of(CustomField field) => new(
        field.Id, field.Key, field.Label, field.Type, field.Definition.Choices, field.Required, field.Description, field.CreatedAt, field.UpdatedAt);
}
