using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>What every operation has in common, so that no endpoint has to say it: its id, paging, preconditions, the problems it may answer.</summary>
internal static class Operations
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId ??= metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler ? Id(handler) : null;
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            parameter.Description ??= "Names it: the id that it was given when it was made.";
        }
        foreach (var filter in metadata.OfType<QueryFilter>()) Add(operation, ParameterLocation.Query, filter.Name, filter.Description, SchemaOf(filter));
        if (metadata.OfType<PagedList>().Any()) AddPaging(operation);
        if (metadata.OfType<VersionedResource>().Any()) AddPreconditions(operation, context.Description.HttpMethod);
        if (operation.RequestBody?.Content is { } bodies && bodies.TryGetValue("application/json", out var body) && context.Description.HttpMethod == HttpMethods.Patch)
        {
            bodies["application/merge-patch+json"] = body;
        }
        AddProblems(operation, context, metadata.OfType<ISecuredEndpoint>().FirstOrDefault());
        return Task.CompletedTask;
    }

    /// <summary>A use case is a class with a method Handle: <c>OpenTicket.Handle</c> → <c>openTicket</c>, <c>ReadPolicy.HandleVersions</c> → <c>readPolicyVersions</c>.</summary>
    private static string Id(MethodInfo handler) => JsonNamingPolicy.CamelCase.ConvertName(
        handler.Name.StartsWith("Handle", StringComparison.Ordinal) ? handler.DeclaringType!.Name + handler.Name["Handle".Length..] : handler.Name);

    private static OpenApiSchema SchemaOf(QueryFilter filter)
    {
        var value = new OpenApiSchema { Type = JsonSchemaType.String, Format = filter.Format, Enum = filter.Words is null ? null : [.. filter.Words.Select(word => JsonValue.Create(word))] };
        if (filter.Example is { } example) value.Examples = [example];
        return filter.IsList ? new() { Type = JsonSchemaType.Array, Items = value } : value;
    }

    private static void AddPaging(OpenApiOperation operation)
    {
        Add(operation, ParameterLocation.Query, "limit", $"How many rows at most, 1 to {Page.MaxLimit}.", new()
        {
            Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = Page.MaxLimit.ToString(CultureInfo.InvariantCulture), Default = Page.DefaultLimit,
        });
        Add(operation, ParameterLocation.Query, "cursor", "The nextCursor of the page before.", new() { Type = JsonSchemaType.String });
    }

    private static void AddPreconditions(OpenApiOperation operation, string? method)
    {
        var tag = new OpenApiSchema { Type = JsonSchemaType.String, Examples = ["\"3\""] };
        if (method == HttpMethods.Get)
        {
            Add(operation, ParameterLocation.Header, "If-None-Match", "The ETag of what the client has: 304 if it is still the same.", tag);
            operation.Responses!.TryAdd("304", new OpenApiResponse { Description = "What the client has is still the same" });
        }
        else if (method != HttpMethods.Post)
        {
            Add(operation, ParameterLocation.Header, "If-Match", "The ETag of what the client has seen: 412 if it has changed since.", tag);
        }
    }

    private static void Add(OpenApiOperation operation, ParameterLocation place, string name, string description, OpenApiSchema schema) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter { In = place, Name = name, Description = description, Schema = schema });

    private static void AddProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context, ISecuredEndpoint? secured)
    {
        foreach (var status in Statuses(operation, context, secured))
        {
            var key = status.ToString(CultureInfo.InvariantCulture);
            operation.Responses ??= [];
            operation.Responses.Remove(key);
            operation.Responses[key] = new OpenApiResponse
            {
                Description = ProblemWords.Of(status).Title,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(DocumentInfo.Problem, context.Document) },
                },
            };
        }
        if (secured is null)
        {
            operation.Security = [];
            return;
        }
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>()) AddLimits(response, context.Document!);
        operation.Description = $"{operation.Description}\n\nNeeds the scope `{secured.Scope}`.".Trim();
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(DocumentInfo.SecurityScheme, context.Document)] = [] }];
    }

    private static void AddLimits(OpenApiResponse response, OpenApiDocument document)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in DocumentInfo.LimitHeaders) response.Headers[name] = new OpenApiHeaderReference(name, document);
    }

    private static IEnumerable<int> Statuses(OpenApiOperation operation, OpenApiOperationTransformerContext context, ISecuredEndpoint? secured)
    {
        var method = context.Description.HttpMethod;
        var hasBody = operation.RequestBody is not null;
        if (hasBody || operation.Parameters is { Count: > 0 }) yield return 400;
        if (secured is not null) yield return 401;
        if (secured is not null) yield return 403;
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true) yield return 404;
        if (method != HttpMethods.Get) yield return 409;
        if (operation.Parameters?.Any(parameter => parameter.Name == "If-Match") == true) yield return 412;
        if (hasBody) yield return 413;
        if (hasBody) yield return 415;
        if (hasBody) yield return 422;
        if (secured is not null) yield return 429;
        yield return 500;
        yield return 503;
    }
}
