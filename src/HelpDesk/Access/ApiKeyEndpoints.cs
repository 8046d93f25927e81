using HelpDesk.Web.OpenApi;

namespace HelpDesk.Access;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").About("API keys", "Keys for integrations and frontends, with what each may do. For the administrators of the desk.");
        keys.MapPost("/", CreateApiKey.Handle).RequireScope(Scopes.Admin);
        keys.MapGet("/", ListApiKeys.Handle).RequireScope(Scopes.Admin);
        keys.MapDelete("/{id}", RevokeApiKey.Handle).RequireScope(Scopes.Admin);
    }
}
