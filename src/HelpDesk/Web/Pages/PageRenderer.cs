using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace HelpDesk.Web.Pages;

/// <summary>
/// Components become text without the endpoints that ASP.NET Core has for them: those bring along forms whose keys lie on each server's disk, and the script of
/// pages that stay connected, and the desk has neither.
/// </summary>
internal sealed partial class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> Render<TPage, TModel>(PageFrame frame, TModel model)
        where TPage : PageComponent<TModel>
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PageComponent<>.Frame)] = frame, [nameof(PageComponent<>.Model)] = model });
        return Letters(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString()));
    }

    /// <summary>The encoder writes every letter beyond ASCII as a number. Such a letter cannot be markup, so it may stand as it is.</summary>
    private static string Letters(string html) => Number().Replace(html, static match =>
    {
        var code = int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return code > 0xA0 && System.Text.Rune.IsValid(code) && IsShown(new(code)) ? char.ConvertFromUtf32(code) : match.Value;
    });

    private static bool IsShown(System.Text.Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    [GeneratedRegex("&#x([0-9A-F]{2,6});")]
    private static partial Regex Number();
}
