namespace HelpDesk.Web.OpenApi;

/// <summary>Swagger UI, for people who try the API by hand.</summary>
internal static class SwaggerPage
{
    public const string Address = "/swagger";

    /// <summary>Its own files and calls to its own desk; it sets styles on its elements and draws with images made on the spot.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>Whoever opens the desk's address in a browser.</summary>
    public static IEndpointConventionBuilder MapWelcome(this IEndpointRouteBuilder app) =>
        app.MapGet("/", () => TypedResults.LocalRedirect("~" + Address)).ExcludeFromDescription();

    public static void UseSwaggerPage(this WebApplication app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = Address[1..];
        page.DocumentTitle = "HelpDesk API";
        page.SwaggerEndpoint(OpenApiSetup.DocumentAddress, "HelpDesk API v1");
        page.EnablePersistAuthorization();
        page.EnableDeepLinking();
        page.DisplayRequestDuration();
        page.EnableTryItOutByDefault();
    });
}
