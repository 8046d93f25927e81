using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Access;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").About("API keys", "Keys for integrations and frontends, with what each may do. For the administrators of the desk.");
        keys.MapPost("/", CreateApiKey.Handle).RequireScope(Scopes.Admin).TellsETag();
        keys.MapGet("/", ReadApiKey.HandleAll).WithName("listApiKeys").RequireScope(Scopes.Admin);
        keys.MapGet("/{id}", ReadApiKey.Handle).RequireScope(Scopes.Admin).WithETag();
        keys.MapPatch("/{id}", ChangeApiKey.Handle).RequireScope(Scopes.Admin).WithETag();
        keys.MapPost("/{id}/rotation", RotateApiKey.Handle).RequireScope(Scopes.Admin).TellsETag();
        keys.MapDelete("/{id}", RevokeApiKey.Handle).RequireScope(Scopes.Admin).WithETag();
    }
}
