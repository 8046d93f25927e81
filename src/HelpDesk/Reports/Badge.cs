using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace HelpDesk.Reports;

/// <summary>A line of text over a thin bar that is as full as promises were kept. It loads nothing, and follows the reader's light or dark.</summary>
internal static class Badge
{
    private const string Style =
        ".card{fill:#fff;stroke:#c9d1d9}.label{fill:#4b5563}.value{fill:#111827;font-weight:600}.rest{fill:#e5e7eb}.kept{fill:#0f766e}"
        + "@media (prefers-color-scheme:dark){.card{fill:#16191d;stroke:#3a424b}.label{fill:#a9b4c0}.value{fill:#f3f4f6}.rest{fill:#3a424b}.kept{fill:#2dd4bf}}";

    /// <summary>Nothing may be loaded or run; only this one style holds.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <param name="percent">Null: too few to tell.</param>
    public static string Draw(string language, string label, string value, decimal? percent)
    {
        var (first, second) = (Width(label), Width(value) * 1.06);
        var inner = first + 7 + second;
        var bar = percent is { } share ? $"""<rect class="kept" x="10" y="22" width="{Text(inner * (double)share / 100)}" height="3" rx="1.5"/>""" : "";
        // The text is made as wide as was reckoned, whatever font is there.
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Text(inner + 20)}" height="30" viewBox="0 0 {Text(inner + 20)} 30" role="img" aria-labelledby="t" xml:lang="{language}">
            <title id="t">{Safe(label)} {Safe(value)}</title>
            <style>{Style}</style>
            <rect class="card" x=".5" y=".5" width="{Text(inner + 19)}" height="29" rx="7"/>
            <g font-family="system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif" font-size="12" aria-hidden="true">
            <text class="label" x="10" y="16" textLength="{Text(first)}" lengthAdjust="spacingAndGlyphs">{Safe(label)}</text>
            <text class="value" x="{Text(10 + first + 7)}" y="16" textLength="{Text(second)}" lengthAdjust="spacingAndGlyphs">{Safe(value)}</text>
            </g>
            <rect class="rest" x="10" y="22" width="{Text(inner)}" height="3" rx="1.5"/>{bar}
            </svg>

            """;
    }

    /// <summary>About what usual fonts take at this size.</summary>
    private static double Width(string text) => text.Sum(letter => letter switch
    {
        'i' or 'j' or 'l' or 'ı' or '.' or ',' or ':' or '(' or ')' or ' ' => 3.6,
        'f' or 'r' or 't' => 4.6,
        'm' or 'w' or '%' => 10,
        _ => 6.8,
    });

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
