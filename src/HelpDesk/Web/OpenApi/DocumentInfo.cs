using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>What stands once in the document: title, servers, how to authenticate, the shape of a problem.</summary>
internal static class DocumentInfo
{
    public const string SecurityScheme = "key";
    public const string Problem = "Problem";

    public static readonly string[] LimitHeaders = ["RateLimit-Policy", "RateLimit"];

    private const string Description =
        """
        A help desk whose product is the kept promise: every ticket carries published response-time commitments; the customer is told the date, is written to
        before a promised date lapses, and is told the truth when one was missed.

        Instants are RFC 3339 in UTC, durations ISO 8601 (`PT4H`; `P2D` = 48 hours), ids UUIDs but for tickets, which have numbers. Members that are not known are refused.
        Errors are `application/problem+json` with a stable `type`. Lists take `limit` and `cursor`, answer `nextCursor` and a `Link` header.
        Send a key as `Authorization: Bearer …`. Pages of other origins may call the desk from a browser where its operator lists them (`Cors:Origins`).

        A JSON body has at most 1 MiB (the calculator and the rehearsal: 16 MiB). In `errors` of a problem, `$` stands for the body as a whole; some problems have a member
        more, such as `ticketId` of `external-ref-taken` or `mergedIntoId` of `ticket-merged`.

        **Scopes.** `tickets:read`: tickets with their messages, commitments, promises, attachments and links; queues, agents, custom fields. `tickets:write`: posting and changing them.
        `customers:read`, `customers:write`: customers and organisations. `policies:read`, `policies:write`: calendars and policies. `messages:read`, `messages:write`: what the desk sends
        (deliveries), and trying it again. `admin`: everything, and alone keys, the log, writing queues, agents and custom fields. `webhooks`: webhooks, and with them
        every event; secrets of what is posted. `events:read`: the feed of events. `reports:read`: how well promises were kept.
        """;

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "HelpDesk API",
            Version = "v1",
            Description = Description,
            Contact = new() { Name = "The HelpDesk authors" },
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        // The root, as seen from the document's own address: right behind any proxy, and the same document wherever it is served.
        document.Servers = [new() { Url = "..", Description = "The desk that serves this document" }];
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key (`hd_…`), the bootstrap admin key, or a JWT of the issuer that the desk is configured with.",
        };
        document.Components.Headers ??= new Dictionary<string, IOpenApiHeader>();
        document.Components.Headers[LimitHeaders[0]] = Header("How often a caller may ask: so many requests (q) in so many seconds (w). Not there without a limit or a key.", "\"default\";q=6000;w=60");
        document.Components.Headers[LimitHeaders[1]] = Header("How many requests are left (r), and in how many seconds the count begins anew (t).", "\"default\";r=5999;t=42");
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Problem] = ProblemSchema();
        OpenAnswers(document);
        return Task.CompletedTask;
    }

    /// <summary>Requests are closed, unknown members are refused. Answers are open: a client must not break when one grows a member.</summary>
    private static void OpenAnswers(OpenApiDocument document)
    {
        var asked = new HashSet<string>();
        var bodies = document.Paths.Values.SelectMany(path => path.Operations ?? []).SelectMany(operation => operation.Value.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>());
        foreach (var body in bodies) Collect(body.Value.Schema, asked);
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (schema is not OpenApiSchema own) continue;
            if (asked.Contains(name)) LeaveDefaultsToTheDesk(own);
            else own.AdditionalPropertiesAllowed = true;
        }
    }

    /// <summary>
    /// What a member means when it is left out is said in its description. As a schema's default it would be read by generators as a member that is
    /// always there, and would be wrong in a merge patch, where what is left out stays.
    /// </summary>
    private static void LeaveDefaultsToTheDesk(OpenApiSchema request)
    {
        foreach (var member in (request.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values)
        {
            if (member is OpenApiSchema own) own.Default = null;
            else if (member is OpenApiSchemaReference reference) reference.Default = null;
        }
    }

    private static void Collect(IOpenApiSchema? schema, HashSet<string> names)
    {
        if (schema is null || (schema is OpenApiSchemaReference { Reference.Id: { } name } && !names.Add(name))) return;
        foreach (var member in schema.Properties ?? new Dictionary<string, IOpenApiSchema>()) Collect(member.Value, names);
        foreach (var choice in (schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? [])) Collect(choice, names);
        Collect(schema.Items, names);
        Collect(schema.AdditionalProperties, names);
    }

    private static OpenApiHeader Header(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String, Examples = [example] } };

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong, as RFC 9457 has it.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "traceId", "requestId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A stable code.", "urn:helpdesk:validation"),
            ["title"] = Text("The code in words.", "The request breaks a rule"),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status.", Examples = [400] },
            ["detail"] = Text("What went wrong this time.", "See errors for the members and their rules."),
            ["instance"] = Text("The path that was asked for.", "/v1/api-keys"),
            ["traceId"] = Text("The W3C trace that the request belongs to.", "1e59c2804997f66093184bb1d384170b"),
            ["requestId"] = Text("The X-Request-Id of the request; also in the desk's logs.", "1e59c2804997f66093184bb1d384170b"),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Where members are at fault: the path of each, and the rules it breaks.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description, string example) => new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };
}
