using HelpDesk.Tests.Support;
using Microsoft.Playwright;

namespace HelpDesk.Browser.Tests.Support;

/// <summary>What axe finds: WCAG 2.0 to 2.2, A and AA, and what it calls best practice.</summary>
internal static class Axe
{
    private const string Run =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
            .violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary.replace(/\s+/g, ' ').slice(0, 300)})`))
        """;

    public static string Script { get; } = Repository.File("tests", "client", "node_modules", "axe-core", "axe.min.js");

    public static async Task<IReadOnlyList<string>> Violations(IPage page) => (await page.EvaluateAsync<string[]>(Run))!;
}
