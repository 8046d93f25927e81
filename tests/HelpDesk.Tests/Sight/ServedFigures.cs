using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sight;

/// <summary>What a desk that has done some of everything tells at /metrics.</summary>
/// <param name="Types">By name.</param>
/// <param name="Labels">Those of the series there are.</param>
/// <param name="Text">All of it.</param>
internal sealed record ServedFigures(IReadOnlyDictionary<string, string> Types, IReadOnlyDictionary<string, IReadOnlyList<string>> Labels, string Text)
{
    public static async Task<ServedFigures> OfADeskAtWork()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        // With jobs: their figures are those of a server that runs them.
        using var desk = TestDesk.Start([("Metrics:Enabled", "true"), ("Sandbox:Clock", "true"), ("Mail:Folder", folder), ("Jobs:Enabled", "true")]);
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
        await desk.Admin.Post("/v1/tickets", """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""").Json(System.Net.HttpStatusCode.Created);
        await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT3H" }""").Json();
        var text = await (await desk.Admin.GetAsync("/metrics")).Content.ReadAsStringAsync();
        Directory.Delete(folder, recursive: true);
        return Of(text);
    }

    private static ServedFigures Of(string text)
    {
        var types = Regex.Matches(text, "^# TYPE (\\S+) (\\S+)$", RegexOptions.Multiline).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var labels = Regex.Matches(text, "^([a-z_0-9]+?)(_bucket|_sum|_count)?\\{(.*)\\} ", RegexOptions.Multiline)
            .GroupBy(match => types.ContainsKey(match.Groups[1].Value) ? match.Groups[1].Value : match.Groups[1].Value + match.Groups[2].Value)
            .ToDictionary(
                group => group.Key,
                group => (IReadOnlyList<string>)[.. group.SelectMany(match => Regex.Matches(match.Groups[3].Value, "([a-z_]+)=\"").Select(label => label.Groups[1].Value)).Where(label => label != "le").Distinct()]);
        return new(types, labels, text);
    }
}
