using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>What every operation has in common, so that no endpoint has to say it: its id, paging, preconditions, the problems it may answer.</summary>
internal static partial class Operations
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
            parameter.Description ??= PathWords(parameter.Name!, context.Description.RelativePath ?? "");
        }
        foreach (var filter in metadata.OfType<QueryFilter>())
        {
            Add(operation, ParameterLocation.Query, filter.Name, filter.Description, SchemaOf(filter), filter.IsObject ? ParameterStyle.DeepObject : null);
        }
        if (metadata.OfType<DeprecatedEndpoint>().FirstOrDefault() is { } mark) Deprecate(operation, mark);
        if (metadata.OfType<PagedList>().Any()) AddPaging(operation);
        if (operation.Responses?.ContainsKey("201") == true)
        {
            AddHeader(operation, "Location", "The address of what was made.", new() { Type = JsonSchemaType.String, Format = "uri-reference" });
        }

        if (operation.Responses?.GetValueOrDefault("202") is OpenApiResponse accepted)
        {
            (accepted.Headers ??= new Dictionary<string, IOpenApiHeader>())["Location"] =
                new OpenApiHeader { Description = "The address that tells what becomes of it.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" } };
        }

        if (metadata.OfType<AnswersWithETag>().Any()) AddETag(operation);
        if (metadata.OfType<VersionedResource>().Any()) AddPreconditions(operation, context.Description.HttpMethod);
        if (operation.RequestBody?.Content is { } bodies && bodies.TryGetValue("application/json", out var body) && context.Description.HttpMethod == HttpMethods.Patch)
        {
            bodies["application/merge-patch+json"] = body;
        }
        if (IsIdempotent(context)) AddIdempotency(operation);
        AddProblems(operation, context, [.. metadata.OfType<ISecuredEndpoint>().Select(secured => secured.Scope)]);
        return Task.CompletedTask;
    }

    /// <summary>A use case is a class with a method Handle: <c>OpenTicket.Handle</c> → <c>openTicket</c>, <c>ReadPolicy.HandleVersions</c> → <c>readPolicyVersions</c>.</summary>
    private static string Id(MethodInfo handler) => JsonNamingPolicy.CamelCase.ConvertName(
        handler.Name.StartsWith("Handle", StringComparison.Ordinal) ? handler.DeclaringType!.Name + handler.Name["Handle".Length..] : handler.Name);

    private static string PathWords(string name, string path) =>
        name != "id" ? $"The id of the {name.Replace("Id", "", StringComparison.Ordinal)}."
        : path.StartsWith("v1/tickets", StringComparison.Ordinal) ? "The ticket's number."
        : "The id that it was given when it was made.";

    private static OpenApiSchema SchemaOf(QueryFilter filter)
    {
        var value = new OpenApiSchema { Type = JsonSchemaType.String, Format = filter.Format, Enum = filter.Words is null ? null : [.. filter.Words.Select(word => JsonValue.Create(word))] };
        if (filter.Example is { } example) value.Examples = [example];
        // Without an example pages that try an operation out make one up, and send it.
        if (filter.IsObject) return new() { Type = JsonSchemaType.Object, AdditionalProperties = value, Examples = [new JsonObject()] };
        return filter.IsList ? new() { Type = JsonSchemaType.Array, Items = value } : value;
    }

    private static void AddPaging(OpenApiOperation operation)
    {
        Add(operation, ParameterLocation.Query, "limit", $"How many rows at most, 1 to {Page.MaxLimit}.", new()
        {
            Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = Page.MaxLimit.ToString(CultureInfo.InvariantCulture), Default = Page.DefaultLimit,
        });
        Add(operation, ParameterLocation.Query, "cursor", "The nextCursor of the page before.", new() { Type = JsonSchemaType.String });
        AddHeader(operation, "Link", "Where there is a next page: its address, as `<…>; rel=\"next\"`.", new() { Type = JsonSchemaType.String });
    }

    private static void AddPreconditions(OpenApiOperation operation, string? method)
    {
        if (method != HttpMethods.Delete) AddETag(operation);
        var tag = new OpenApiSchema { Type = JsonSchemaType.String, Examples = ["\"3\""] };
        if (method == HttpMethods.Get)
        {
            Add(operation, ParameterLocation.Header, "If-None-Match", "The ETag of what the client has: 304 if it is still the same.", tag);
            operation.Responses!.TryAdd("304", new OpenApiResponse { Description = "What the client has is still the same" });
        }
        else
        {
            Add(operation, ParameterLocation.Header, "If-Match", "The ETag of what the client has seen: 412 if it has changed since.", tag);
        }
    }

    private static void AddETag(OpenApiOperation operation) =>
        AddHeader(operation, "ETag", "The version of the resource that the answer tells of: for If-None-Match and If-Match.", new() { Type = JsonSchemaType.String, Examples = ["\"3\""] });

    private static bool IsIdempotent(OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        return context.Description.HttpMethod == HttpMethods.Post && metadata.OfType<ISecuredEndpoint>().Any() && !metadata.OfType<IgnoresIdempotencyKey>().Any();
    }

    private static void AddIdempotency(OpenApiOperation operation)
    {
        Add(
            operation, ParameterLocation.Header, IdempotencyHeaders.Key,
            "Makes the request happen once, however often it is sent: any text that is your own for it, such as a UUID. For 24 hours the same key from the same "
            + "caller with the same address and body gets the first answer again, be it done (2xx) or refused by a rule (409, 422). The same key with another request "
            + "is refused (422 `idempotency-key-reused`); while the first is still running, so is the second (409 `idempotency-running`). An answer that tells of a customer who was "
            + "erased since is not given again (409 `answer-erased`). Other answers are not kept: correct "
            + "the request or wait, and use the key again.",
            new()
            {
                Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyHeaders.MostCharacters, Pattern = "^[!-~]+$",
                Examples = ["0195564e-1200-7a01-8f00-0a1b2c3d4e5f"],
            });
        AddHeader(
            operation, IdempotencyHeaders.Replayed, "`true` where this is the first answer to the same Idempotency-Key, given again.",
            new() { Type = JsonSchemaType.String, Enum = ["true"] });
    }

    /// <summary>Of answers to what was done.</summary>
    private static void AddHeader(OpenApiOperation operation, string name, string description, OpenApiSchema schema)
    {
        foreach (var done in (operation.Responses ?? []).Where(response => response.Key[0] == '2').Select(response => response.Value).OfType<OpenApiResponse>())
        {
            (done.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = new OpenApiHeader { Description = description, Schema = schema };
        }
    }

    private static void Add(OpenApiOperation operation, ParameterLocation place, string name, string description, OpenApiSchema schema, ParameterStyle? style = null)
    {
        var parameter = new OpenApiParameter { In = place, Name = name, Description = description, Schema = schema };
        if (style is not null) (parameter.Style, parameter.Explode) = (style, true);
        operation.Parameters ??= [];
        // Declared in words that the handler's own parameter does not have.
        if (operation.Parameters.FirstOrDefault(known => known.Name == name && known.In == place) is { } standing) operation.Parameters.Remove(standing);
        operation.Parameters.Add(parameter);
    }

    private static void AddProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context, IReadOnlyList<string> scopes)
    {
        foreach (var status in Statuses(operation, context, scopes.Count > 0))
        {
            var key = status.ToString(CultureInfo.InvariantCulture);
            operation.Responses ??= [];
            operation.Responses.Remove(key);
            operation.Responses[key] = new OpenApiResponse
            {
                Description = ProblemWords.Of(status).Title,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(DocumentInfo.Problem, context.Document), Example = ProblemExample(status, context) },
                },
                Headers = status is 429 or 503 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter() } : null,
            };
        }
        if (scopes.Count > 0 || operation.Responses!.ContainsKey("429"))
        {
            foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>()) AddLimits(response, context.Document!);
        }
        if (scopes.Count == 0)
        {
            operation.Security = [];
            return;
        }
        operation.Description = $"{operation.Description}\n\nNeeds the scope{(scopes.Count > 1 ? "s" : "")} {string.Join(", ", scopes.Select(scope => $"`{scope}`"))}.".Trim();
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(DocumentInfo.SecurityScheme, context.Document)] = [] }];
    }

    private static JsonObject ProblemExample(int status, OpenApiOperationTransformerContext context)
    {
        var (code, title) = ProblemWords.Of(status);
        return new JsonObject
        {
            ["type"] = $"urn:helpdesk:{code}", ["title"] = title, ["status"] = status, ["detail"] = ProblemWords.Detail(status), ["instance"] = $"/{Constraint().Replace(context.Description.RelativePath ?? "", "}")}",
            ["traceId"] = "1e59c2804997f66093184bb1d384170b", ["requestId"] = "1e59c2804997f66093184bb1d384170b",
        };
    }

    /// <summary>Of a parameter of a route: {id:guid} is {id} to a client.</summary>
    [GeneratedRegex(@"(:[^{}/]+)+\}")]
    private static partial Regex Constraint();

    private static OpenApiHeader RetryAfter() => new()
    {
        Description = "Seconds to wait before the request is sent again.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Examples = [5] },
    };

    private static void Deprecate(OpenApiOperation operation, DeprecatedEndpoint mark)
    {
        operation.Deprecated = true;
        operation.Description = $"{operation.Description}\n\n{mark.Words}".Trim();
    }

    private static void AddLimits(OpenApiResponse response, OpenApiDocument document)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in DocumentInfo.LimitHeaders) response.Headers[name] = new OpenApiHeaderReference(name, document);
    }

    private static IEnumerable<int> Statuses(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool isSecured)
    {
        var method = context.Description.HttpMethod;
        var hasBody = operation.RequestBody is not null;
        if (hasBody || operation.Parameters is { Count: > 0 }) yield return 400;
        if (isSecured) yield return 401;
        if (isSecured) yield return 403;
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true) yield return 404;
        if (method != HttpMethods.Get) yield return 409;
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<GoesOn>().Any()) yield return 410;
        if (operation.Parameters?.Any(parameter => parameter.Name == "If-Match") == true) yield return 412;
        if (hasBody) yield return 413;
        if (hasBody) yield return 415;
        if (operation.Responses?.ContainsKey("206") == true) yield return 416;
        if (hasBody || IsIdempotent(context)) yield return 422;
        if (isSecured || context.Description.ActionDescriptor.EndpointMetadata.OfType<ILimitedEndpoint>().Any()) yield return 429;
        yield return 500;
        yield return 503;
    }
}
