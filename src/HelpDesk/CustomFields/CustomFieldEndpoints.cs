using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.CustomFields;

internal static class CustomFieldEndpoints
{
    public static void MapCustomFields(this IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/custom-fields").About("Custom fields", "The fields of your own that tickets have: what they are called, and what they take.");
        fields.MapPost("/", CreateCustomField.Handle).RequireScope(Scopes.Admin).TellsETag();
        fields.MapGet("/", ListCustomFields.Handle).RequireScope(Scopes.TicketsRead);
        fields.MapGet("/{id:guid}", ListCustomFields.HandleOne).WithName("readCustomField").RequireScope(Scopes.TicketsRead).WithETag();
        fields.MapPatch("/{id:guid}", ChangeCustomField.Handle).RequireScope(Scopes.Admin).WithETag();
        fields.MapDelete("/{id:guid}", ChangeCustomField.HandleDelete).WithName("deleteCustomField").RequireScope(Scopes.Admin).WithETag();
    }
}
