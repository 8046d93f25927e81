using System.ComponentModel.DataAnnotations;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Templates;

/// <summary>A template that need not be stored, to be tried.</summary>
/// <param name="Kind">What the message is about.</param>
/// <param name="Locale">The language it is written in; dates and the names of promises are in it too, or in the desk's where the desk does not know it. Example: "fi".</param>
/// <param name="Subject">One line, with placeholders. Example: "Lisätietoa: {{subject}} [#{{ticketNumber}}]".</param>
/// <param name="Text">The plain text, with placeholders.</param>
/// <param name="Html">What stands in the body of the HTML part; left out: derived from the text.</param>
/// <param name="Channel">The channel it is for.</param>
/// <param name="TicketId">A ticket that the caller sees, whose number, names and promises are to be used; left out: values of nobody's.</param>
[Example("""
    { "kind": "resolution", "locale": "fi", "subject": "Valmista: {{subject}} [#{{ticketNumber}}]",
      "text": "Hei{{#if customerName}} {{customerName}}{{/if}},\n\npyyntösi on hoidettu.\n\n{{deskName}}" }
    """)]
public sealed record UnsavedPreviewRequest(
    MessageKind Kind,
    [property: Required, StringLength(35, MinimumLength = 2)] string Locale,
    [property: Required, StringLength(500, MinimumLength = 1)] string Subject,
    [property: Required, StringLength(20_000, MinimumLength = 1)] string Text,
    [property: StringLength(100_000, MinimumLength = 1)] string? Html = null,
    DeliveryChannel? Channel = null,
    long? TicketId = null);

/// <summary>What to try a stored template with.</summary>
/// <param name="TicketId">A ticket that the caller sees, whose number, names and promises are to be used; left out: values of nobody's. Example: 42.</param>
/// <param name="Locale">What dates and the names of promises are written in; left out: as the template. Example: "de-AT".</param>
[Example("""{ "ticketId": 42 }""")]
public sealed record PreviewRequest(
    long? TicketId = null,
    [property: StringLength(35, MinimumLength = 2)] string? Locale = null);

/// <summary>A message as it would be sent. Nothing was.</summary>
/// <param name="Locale">What the template is written in.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The whole HTML part.</param>
public sealed record PreviewResponse(string Locale, string Subject, string Text, string Html);

internal sealed class PreviewTemplate(SampleLetters samples, Languages languages)
{
    /// <summary>Try a template that is not stored</summary>
    /// <remarks>
    /// Checked as if it were to be stored, filled in, and answered; nothing is stored or sent. With a ticket (scope tickets:read) a follow-up says what the
    /// ticket's next one would say, and a recovery what would be said if its next promise lapsed; an agent's words are made up.
    /// </remarks>
    public static async Task<Ok<PreviewResponse>> Handle(
        UnsavedPreviewRequest request, PreviewTemplate preview, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var definition = TemplateRules.Read(new(request.Kind, request.Locale, request.Subject, request.Text, request.Html, request.Channel), preview.Languages);
        return TypedResults.Ok(await preview.Show(definition, request.TicketId, definition.Locale, await clock.Now(cancel), caller, cancel));
    }

    /// <summary>Try a stored template</summary>
    /// <remarks>Filled in with a ticket (scope tickets:read) or with values of nobody's, and answered; nothing is sent.</remarks>
    public static async Task<Ok<PreviewResponse>> HandleStored(
        Guid id, PreviewRequest request, HelpDeskDb db, PreviewTemplate preview, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        if (request.Locale is { } locale && !Locales.IsKnown(locale)) throw Refusal.Invalid("locale", Locales.Rule);
        var (template, version) = await ReadTemplate.Find(db, id, cancel);
        var definition = template.Definition(version);
        return TypedResults.Ok(await preview.Show(definition, request.TicketId, request.Locale ?? definition.Locale, await clock.Now(cancel), caller, cancel));
    }

    private Languages Languages => languages;

    private async Task<PreviewResponse> Show(TemplateDefinition definition, long? ticketId, string words, Instant now, Caller caller, CancellationToken cancel)
    {
        var shape = MessageShape.Of(definition.Kind);
        if (ticketId is not null && !shape.IsLetter) throw Refusal.Invalid("ticketId", $"must be left out: a {definition.Kind.Word()} is not about one ticket");
        var model = ticketId is { } id ? await samples.Of(definition.Kind, id, words, now, caller, cancel) : shape.Sample(languages.For(words), true);
        var message = CompiledTemplate.Of(TemplateSource.Of(definition.Subject, definition.Text, definition.Html), definition.Locale).Render(model);
        return new(message.Locale, message.Subject, message.Text, message.Html);
    }
}
