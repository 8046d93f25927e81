using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.CustomFields;

internal static class ChangeCustomField
{
    /// <summary>Change a custom field</summary>
    /// <remarks>
    /// A merge patch: null clears a member. Values that tickets have are left as they are; the new rules hold for values that are set from now on. Key and
    /// type stay as they were made (409, field-fixed): delete the field and define another.
    /// </remarks>
    public static async Task<Ok<CustomFieldResponse>> Handle(
        Guid id, MergePatch<CustomFieldDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var field = await Hold(db, id, http, cancel);
        var before = field.Definition;
        var after = CustomFieldRules.Read(await patch.ApplyTo(before, http));
        if (after.Key != before.Key || after.Type != before.Type)
        {
            throw Refusal.Conflict("field-fixed", "The key and the type of a custom field stay as they were made. Delete the field and define another.");
        }

        if (after with { Choices = null } != before with { Choices = null } || !(after.Choices ?? []).SequenceEqual(before.Choices ?? []))
        {
            field.Change(after, now);
            db.Add(Event.Of("custom_field.updated", now, caller.Id, http.TraceIdentifier, new { customFieldId = id, changes = MemberChanges.Between(before, after) }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(field.RowVersion);
        return TypedResults.Ok(CustomFieldResponse.Of(field));
    }

    /// <summary>Delete a custom field</summary>
    /// <remarks>Tickets keep the values they have under its key, but it can be set no more.</remarks>
    public static async Task<NoContent> HandleDelete(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var field = await Hold(db, id, http, cancel);
        db.Remove(field);
        db.Add(Event.Of("custom_field.deleted", now, caller.Id, http.TraceIdentifier, new { customFieldId = id, changes = MemberChanges.Between(field.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<CustomField> Hold(HelpDeskDb db, Guid id, HttpContext http, CancellationToken cancel)
    {
        await db.Hold("custom_fields", id, cancel);
        var field = await db.Set<CustomField>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("custom field");
        http.RequireMatch(field.RowVersion);
        return field;
    }
}
