using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Templates;

internal static class ChangeTemplate
{
    /// <summary>Change a template</summary>
    /// <remarks>
    /// A merge patch; it makes a new version, checked like a new template. What is written from now on is written with it, on other servers after a second at
    /// most; what is queued already stays as it is. Kind, locale and channel stay as they were made (409, template-fixed): delete the template and store another.
    /// </remarks>
    public static async Task<Ok<TemplateResponse>> Handle(
        Guid id, MergePatch<TemplateDefinition> patch, HttpContext http, HelpDeskDb db, Languages languages, TemplateShelf shelf, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var (template, version) = await Hold(db, id, http, cancel);
        var before = template.Definition(version);
        var after = TemplateRules.Read(await patch.ApplyTo(before, http), languages);
        if ((after.Kind, after.Locale, after.Channel) != (before.Kind, before.Locale, before.Channel))
        {
            throw Refusal.Conflict("template-fixed", "The kind, the locale and the channel of a template stay as they were made. Delete the template and store another.");
        }

        if (after != before)
        {
            version = template.Change(after, now);
            db.Add(version);
            db.Add(Event.Of("template.updated", now, caller.Id, http.TraceIdentifier, new { templateId = id, template.Version, changes = MemberChanges.Between(before, after) }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            RequestTransaction.AfterCommit(shelf.Forget);
        }

        http.SetETag(template.RowVersion);
        return TypedResults.Ok(TemplateResponse.Of(template, version));
    }

    /// <summary>Delete a template</summary>
    /// <remarks>What it took the place of is used again. Messages that were written with it stay as they are.</remarks>
    public static async Task<NoContent> HandleDelete(
        Guid id, HttpContext http, HelpDeskDb db, TemplateShelf shelf, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var (template, version) = await Hold(db, id, http, cancel);
        template.Delete(now);
        db.Add(Event.Of("template.deleted", now, caller.Id, http.TraceIdentifier, new { templateId = id, changes = MemberChanges.Between(template.Definition(version), null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(shelf.Forget);
        return TypedResults.NoContent();
    }

    private static async Task<(Template Template, TemplateVersion Version)> Hold(HelpDeskDb db, Guid id, HttpContext http, CancellationToken cancel)
    {
        await db.Hold("templates", id, cancel);
        var found = await ReadTemplate.Find(db, id, cancel);
        http.RequireMatch(found.Template.RowVersion);
        return found;
    }
}
