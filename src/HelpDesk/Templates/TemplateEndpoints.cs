using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Templates;

internal static class TemplateEndpoints
{
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").About("Templates", "What messages say: per kind, locale and channel. Those that come with the desk are used where none is stored.");
        templates.MapGet("/kinds", ListKinds.Handle).WithName("listTemplateKinds").RequireScope(Scopes.PoliciesRead);
        templates.MapGet("/defaults", ListDefaults.Handle).WithName("listDefaultTemplates").WithFilters(ListDefaults.Filters).RequireScope(Scopes.PoliciesRead);
        templates.MapPost("/preview", PreviewTemplate.Handle).WithName("previewUnsavedTemplate").RequireScope(Scopes.PoliciesRead).WithoutIdempotencyKey();
        templates.MapPost("/", CreateTemplate.Handle).RequireScope(Scopes.PoliciesWrite).TellsETag();
        templates.MapGet("/", ReadTemplate.HandleAll).WithName("listTemplates").WithFilters(ReadTemplate.Filters).RequireScope(Scopes.PoliciesRead);
        templates.MapGet("/{id:guid}", ReadTemplate.Handle).RequireScope(Scopes.PoliciesRead).WithETag();
        templates.MapPatch("/{id:guid}", ChangeTemplate.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        templates.MapDelete("/{id:guid}", ChangeTemplate.HandleDelete).WithName("deleteTemplate").RequireScope(Scopes.PoliciesWrite).WithETag();
        templates.MapGet("/{id:guid}/versions", ReadTemplate.HandleVersions).WithName("listTemplateVersions").RequireScope(Scopes.PoliciesRead);
        templates.MapPost("/{id:guid}/preview", PreviewTemplate.HandleStored).WithName("previewTemplate").RequireScope(Scopes.PoliciesRead).WithoutIdempotencyKey();
    }
}
