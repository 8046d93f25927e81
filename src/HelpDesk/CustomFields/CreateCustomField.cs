using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.CustomFields;

internal static class CreateCustomField
{
    /// <summary>Define a custom field</summary>
    /// <remarks>
    /// As long as no field is defined, tickets take anything in customFields; from the first definition on they take only what is defined, of the type it
    /// is defined as. What a ticket has already stays. Refused (409, field-exists) where the key is taken.
    /// </remarks>
    public static async Task<Created<CustomFieldResponse>> Handle(
        CustomFieldDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var field = new CustomField(CustomFieldRules.Read(request), now);
        db.Add(field);
        db.Add(Event.Of("custom_field.created", now, caller.Id, http.TraceIdentifier, new { customFieldId = field.Id, changes = MemberChanges.Between(null, field.Definition) }));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (CustomFieldTable.IsDuplicate(error))
        {
            throw Refusal.Conflict("field-exists", $"There is a custom field with the key {field.Key} already.");
        }

        http.SetETag(field.RowVersion);
        return TypedResults.Created($"/v1/custom-fields/{field.Id}", CustomFieldResponse.Of(field));
    }
}
