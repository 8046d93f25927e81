namespace HelpDesk.Access;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("API keys");
        keys.MapPost("/", CreateApiKey.Handle).RequireScope(Scopes.Admin);
        keys.MapGet("/", ListApiKeys.Handle).RequireScope(Scopes.Admin);
        keys.MapDelete("/{id}", RevokeApiKey.Handle).RequireScope(Scopes.Admin);
    }
}
