using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>A record's comment says a member's example after its description (<c>Example: "billing".</c>): here it becomes the schema's own.</summary>
internal static partial class MemberExamples
{
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var members = (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Values
            .SelectMany(schema => schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            .Select(member => member.Value).OfType<OpenApiSchema>();
        foreach (var member in members)
        {
            Decode(member);
            MoveExample(member);
        }

        return Task.CompletedTask;
    }

    /// <summary>What comes from a comment is still XML.</summary>
    private static void Decode(OpenApiSchema member)
    {
        member.Description = WebUtility.HtmlDecode(member.Description);
        for (var index = 0; index < member.Examples?.Count; index++)
        {
            if (member.Examples[index] is JsonValue value && value.TryGetValue(out string? text)) member.Examples[index] = WebUtility.HtmlDecode(text);
        }
    }

    private static void MoveExample(OpenApiSchema member)
    {
        if (Example().Match(member.Description ?? "") is not { Success: true } found || Parse(found.Groups["json"].Value) is not { } example) return;
        member.Examples = [example];
        member.Description = member.Description![..found.Index].TrimEnd();
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("Example: (?<json>.+?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex Example();
}
