using System.Text.Json.Nodes;
using HelpDesk.Events.Feed;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Events;

/// <summary>The <c>webhooks</c> section of the document: every type of event, as the feed tells it and as it is posted to webhooks.</summary>
internal static class EventDocument
{
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Webhooks ??= new Dictionary<string, IOpenApiPathItem>();
        foreach (var type in TypeChoice.Told)
        {
            document.Webhooks[type] = new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Operation(document, type) } };
        }

        return Task.CompletedTask;
    }

    private static OpenApiOperation Operation(OpenApiDocument document, string type) => new()
    {
        OperationId = $"on{string.Concat(type.Split('.', '_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]))}",
        Summary = EventTypes.All[type],
        Description = "The event, as /v1/events and its stream tell it, and as it is posted to webhooks.",
        Tags = new HashSet<OpenApiTagReference> { new("Events", document) },
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = Schema(document, type) } },
        },
        Responses = new() { ["204"] = new OpenApiResponse { Description = "Taken. Any answer from 200 to 299 counts." } },
        Security = [],
    };

    private static OpenApiSchema Schema(OpenApiDocument document, string type)
    {
        var members = EventData.All[type];
        return new()
        {
            AllOf =
            [
                new OpenApiSchemaReference(nameof(FeedEvent), document),
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(type)] },
                        ["data"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = members.Where(member => !member.IsOptional).Select(member => member.Name).ToHashSet(),
                            Properties = members.ToDictionary(member => member.Name, member => (IOpenApiSchema)member.Schema),
                        },
                    },
                },
            ],
        };
    }
}
