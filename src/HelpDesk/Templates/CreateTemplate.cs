using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Templates;

internal static class CreateTemplate
{
    /// <summary>Servers hold all that are in force ready to be used.</summary>
    private const int Most = 1_000;

    /// <summary>Store a template</summary>
    /// <remarks>
    /// It takes the place of the one that comes with the desk, or adds a language to it: a message is written in the first of the customer's locale, its parents
    /// (de for de-AT), the desk's locale, its parents, and English that has a template, stored before shipped, that for the message's channel before that for
    /// all. Everything is checked: the syntax, each placeholder (GET /v1/templates/kinds has them), that what the message is sent for is said in it, and that it
    /// can be filled in; what is amiss is told with its line and column. Refused (409): where there is one for this kind, locale and channel already
    /// (template-exists, with templateId), and past a thousand templates (too-many-templates).
    /// </remarks>
    public static async Task<Created<TemplateResponse>> Handle(
        TemplateDefinition request, HttpContext http, HelpDeskDb db, Languages languages, TemplateShelf shelf, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = TemplateRules.Read(request, languages);
        await using var transaction = await db.Begin(cancel);
        await TemplateTable.Lock(db, cancel);
        await Place(definition, db, cancel);
        var template = new Template(definition, now);
        var version = template.FirstVersion(definition);
        db.Add(template);
        db.Add(version);
        db.Add(Event.Of("template.created", now, caller.Id, http.TraceIdentifier, new { templateId = template.Id, changes = MemberChanges.Between(null, definition) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(shelf.Forget);
        http.SetETag(template.RowVersion);
        return TypedResults.Created($"/v1/templates/{template.Id}", TemplateResponse.Of(template, version));
    }

    private static async Task Place(TemplateDefinition definition, HelpDeskDb db, CancellationToken cancel)
    {
        var there = db.Set<Template>().AsNoTracking().Where(row => row.DeletedAt == null);
        // Locales are kept in one case only.
        var same = await there.Where(row => row.Kind == definition.Kind && row.Locale == definition.Locale && row.Channel == definition.Channel)
            .Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancel);
        if (same is { } id)
        {
            var place = definition.Channel is { } channel ? $"{definition.Locale} over {channel.Word()}" : definition.Locale;
            throw Refusal.Conflict("template-exists", $"There is a template of {definition.Kind.Word()} in {place} already: change that one.").With("templateId", id);
        }

        if (await there.CountAsync(cancel) >= Most) throw Refusal.Conflict("too-many-templates", $"There are {Most} templates already.");
    }
}
