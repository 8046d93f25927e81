using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Guide;

/// <summary>A file of requests as editors read it: variables on top, requests between ### lines, and answers to named ones in those that follow.</summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> variables;
    private readonly Dictionary<string, JsonNode> answers = new(StringComparer.Ordinal);

    private HttpFile(Dictionary<string, string> variables, IReadOnlyList<Asked> requests) => (this.variables, Requests) = (variables, requests);

    /// <param name="Name">Null where nobody refers to its answer.</param>
    public sealed record Asked(string? Name, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string Body);

    public IReadOnlyList<Asked> Requests { get; }

    /// <param name="given">In place of what the file says.</param>
    public static HttpFile Parse(string text, params IEnumerable<(string Name, string Value)> given)
    {
        var variables = Variable().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim());
        foreach (var (name, value) in given) variables[name] = value;
        return new(variables, [.. Separator().Split(text).Skip(1).Select(Read)]);
    }

    private static Asked Read(string part)
    {
        var name = Named().Match(part) is { Success: true } found ? found.Groups[1].Value : null;
        var lines = part.Split('\n').SkipWhile(line => line.Trim().Length == 0 || line.StartsWith('#')).ToList();
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).TakeWhile(line => line.Trim().Length > 0).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair[1].Trim())).ToList();
        return new(name, first[0], first[1].Trim(), headers, string.Join('\n', lines.Skip(1 + headers.Count)).Trim());
    }

    public HttpRequestMessage Request(Asked asked)
    {
        var request = new HttpRequestMessage(new(asked.Method), Fill(asked.Url));
        if (asked.Body.Length > 0) request.Content = new StringContent(Fill(asked.Body));
        foreach (var (name, value) in asked.Headers)
        {
            if (name == "Content-Type") request.Content!.Headers.ContentType = new(value);
            else Assert.That(request.Headers.TryAddWithoutValidation(name, Fill(value)), name);
        }

        return request;
    }

    public void Note(Asked asked, string answer)
    {
        if (asked.Name is { } name) answers[name] = JsonNode.Parse(answer)!;
    }

    private string Fill(string text) => Reference().Replace(text, match => match.Groups[2].Success
        ? answers[match.Groups[1].Value][match.Groups[2].Value]!.ToString()
        : variables[match.Groups[1].Value]);

    [GeneratedRegex(@"^@(\w+) *= *(.*)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex("^###.*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^# @name (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"\{\{(\w+)(?:\.response\.body\.\$\.(\w+))?\}\}")]
    private static partial Regex Reference();
}
