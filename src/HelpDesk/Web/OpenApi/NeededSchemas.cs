using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>A document that is stored needs members which a question with the same document does not: the same schema under another name, with these required.</summary>
internal static partial class NeededSchemas
{
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var endpoint in context.DescriptionGroups.SelectMany(group => group.Items))
        {
            if (endpoint.ActionDescriptor.EndpointMetadata.OfType<NeededMembers>().FirstOrDefault() is not { } needed) continue;
            var path = document.Paths["/" + Constraint().Replace(endpoint.RelativePath!, "}").TrimEnd('/')];
            foreach (var body in path.Operations![HttpMethod.Parse(endpoint.HttpMethod)].RequestBody!.Content!.Values.OfType<OpenApiMediaType>())
            {
                var given = ((OpenApiSchemaReference)body.Schema!).Reference.Id!;
                schemas.TryAdd(needed.Name, With(needed.Members, (OpenApiSchema)schemas[given]));
                body.Schema = new OpenApiSchemaReference(needed.Name, document);
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema With(IReadOnlyList<string> members, OpenApiSchema given)
    {
        var own = (OpenApiSchema)given.CreateShallowCopy();
        own.Required = new HashSet<string>([.. given.Required ?? new HashSet<string>(), .. members]);
        own.Properties = new Dictionary<string, IOpenApiSchema>(given.Properties!);
        foreach (var name in members)
        {
            var member = (OpenApiSchema)((OpenApiSchema)given.Properties![name]).CreateShallowCopy();
            member.Type &= ~JsonSchemaType.Null;
            own.Properties[name] = member;
        }

        return own;
    }

    /// <summary>Of a parameter of a route: {id:guid} is {id} to a client.</summary>
    [GeneratedRegex(@"(:[^{}/]+)+\}")]
    private static partial Regex Constraint();
}
