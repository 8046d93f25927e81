using System.ComponentModel.DataAnnotations;
using HelpDesk.Delivery;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. It stands only in merge patches too, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Templates;

/// <summary>What a kind of message says in a locale, over one channel or all.</summary>
/// <param name="Kind">What the message is about. Stays as it is made.</param>
/// <param name="Locale">The language it is written in: any BCP 47 locale, also one that does not come with the desk. Stays as it is made. Example: "sv".</param>
/// <param name="Subject">One line, never empty, with placeholders. Example: "Vi behöver lite mer tid: {{subject}} [#{{ticketNumber}}]".</param>
/// <param name="Text">The plain text, with placeholders. Paragraphs are set apart by empty lines; lines that begin with "- " are entries of a list.</param>
/// <param name="Html">What stands in the body of the HTML part, with placeholders, whose values are escaped; head, language and footer are the desk's. Left out: derived from the text.</param>
/// <param name="Channel">Only for messages over this channel; left out, for every channel that has no template of its own. Stays as it is made.</param>
[ValidatableType]
[Example("""
    { "kind": "follow_up", "locale": "sv", "subject": "Vi behöver lite mer tid: {{subject}} [#{{ticketNumber}}]",
      "text": "Hej{{#if customerName}} {{customerName}}{{/if}},\n\nvi arbetar fortfarande med ditt ärende \"{{subject}}\".\n\n{{#each items}}\n- {{what}}: {{#if newDate}}nu senast {{newDate}}{{else}}vi sa {{oldDate}}, men det kanske inte håller{{/if}}\n{{/each}}\n\n{{deskName}}" }
    """)]
[PatchExample("""{ "subject": "Det tar lite längre tid: {{subject}} [#{{ticketNumber}}]" }""")]
public sealed record TemplateDefinition(
    MessageKind Kind,
    [property: Required, StringLength(35, MinimumLength = 2)] string Locale,
    [property: Required, StringLength(500, MinimumLength = 1)] string Subject,
    [property: Required, StringLength(20_000, MinimumLength = 1)] string Text,
    [property: StringLength(100_000, MinimumLength = 1)] string? Html = null,
    DeliveryChannel? Channel = null);

/// <summary>A stored template as one of its versions says it.</summary>
/// <param name="Id">Names the template.</param>
/// <param name="Version">Raised by every change.</param>
/// <param name="Kind">What the message is about.</param>
/// <param name="Locale">The language it is written in.</param>
/// <param name="Channel">The one channel that it is for; null: every channel that has no template of its own.</param>
/// <param name="Subject">The subject, with placeholders.</param>
/// <param name="Text">The plain text, with placeholders.</param>
/// <param name="Html">What stands in the body of the HTML part; null: derived from the text.</param>
/// <param name="CreatedAt">When this version was made.</param>
public sealed record TemplateResponse(
    Guid Id, int Version, MessageKind Kind, string Locale, DeliveryChannel? Channel, string Subject, string Text, string? Html, Instant CreatedAt)
{
    internal static TemplateResponse Of(Template template, TemplateVersion version) => new(
        template.Id, version.Version, template.Kind, template.Locale, template.Channel, version.Subject, version.Text, version.Html, version.CreatedAt);
}
