using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

internal static class OpenApiSetup
{
    private const string DocumentAddress = "/openapi/v1.json";

    public static void AddDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddSchemaTransformer(Schemas.Describe);
        options.AddOperationTransformer(Operations.Describe);
        options.AddDocumentTransformer(DocumentInfo.Describe);
        options.AddDocumentTransformer(MemberExamples.Describe);
        options.AddDocumentTransformer(Tags.Describe);
    });

    public static IEndpointConventionBuilder MapDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();

    public static void UseSwaggerPage(this WebApplication app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = "swagger";
        page.DocumentTitle = "HelpDesk API";
        page.SwaggerEndpoint(DocumentAddress, "HelpDesk API v1");
        page.EnablePersistAuthorization();
        page.EnableDeepLinking();
        page.DisplayRequestDuration();
        page.EnableTryItOutByDefault();
    });
}
