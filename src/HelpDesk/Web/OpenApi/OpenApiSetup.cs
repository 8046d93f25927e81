using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

internal static class OpenApiSetup
{
    public const string Document = "v1";
    public const string DocumentAddress = "/openapi/v1.json";

    public static void AddDocument(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddSchemaTransformer(Schemas.Describe);
        options.AddOperationTransformer(Operations.Describe);
        options.AddDocumentTransformer(DocumentInfo.Describe);
        options.AddDocumentTransformer(MemberExamples.Describe);
        options.AddDocumentTransformer(NeededSchemas.Describe);
        options.AddDocumentTransformer(Tags.Describe);
    });

    public static IEndpointConventionBuilder MapDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();
}
