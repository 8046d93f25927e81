using System.Text.RegularExpressions;

namespace HelpDesk.Web.Pages;

/// <summary>
/// <c>Pages:Theme:*</c>: a few values that make pages look like the desk's own. They become variables of a stylesheet and can be nothing else: each has a narrow
/// form, and text that nobody could read on its background stops the start.
/// </summary>
internal static partial class PageTheme
{
    private const string Section = "Pages:Theme";
    private const string SystemFont = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif";

    private static readonly string[] Names = ["Accent", "Background", "Text", "Radius", "Font", "Dark"];
    private static readonly string[] GenericFonts = ["serif", "sans-serif", "monospace", "cursive", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"];
    private static readonly PageScheme Light = new(new(0xfd, 0xfc, 0xfa), new(0x1d, 0x21, 0x26), new(0x17, 0x5e, 0x5a));
    private static readonly PageScheme Paper = Light with { Background = new(0xff, 0xff, 0xff) };
    private static readonly PageScheme Dark = new(new(0x15, 0x18, 0x1b), new(0xe9, 0xea, 0xeb), new(0x79, 0xc9, 0xbd));

    public static (string Css, Colour Accent) Read(IConfiguration configuration)
    {
        foreach (var unknown in configuration.GetSection(Section).GetChildren().Where(child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new WrongConfiguration($"{unknown.Path} is not known: the theme has {string.Join(", ", Names)}, and Accent, Background and Text under Dark too.");
        }

        var light = Scheme(configuration, Section, Light);
        var dark = Scheme(configuration, $"{Section}:Dark", Dark);
        var shape = $"color-scheme:light dark;--font:{Font(configuration[$"{Section}:Font"])};--radius:{Radius(configuration[$"{Section}:Radius"])};";
        // Paper is white, whatever the screen shows.
        var css = $"{Root(shape + light.ToCss())}@media (prefers-color-scheme:dark){{{Root(dark.ToCss())}}}@media print{{{Root(Paper.ToCss())}}}\n";
        return (css, light.Accent);

        static string Root(string variables) => $":root{{{variables}}}";
    }

    private static PageScheme Scheme(IConfiguration configuration, string section, PageScheme otherwise)
    {
        var scheme = new PageScheme(
            Colour(configuration, $"{section}:Background", otherwise.Background), Colour(configuration, $"{section}:Text", otherwise.Text),
            Colour(configuration, $"{section}:Accent", otherwise.Accent));
        var contrast = scheme.Text.ContrastTo(scheme.Background);
        return contrast >= Pages.Colour.Text + 0.5 ? scheme
            : throw new WrongConfiguration(FormattableString.Invariant($"{section}:Text {scheme.Text} on {section}:Background {scheme.Background} has a contrast of {contrast:0.0}, which must be 5 or more to be readable."));
    }

    private static Colour Colour(IConfiguration configuration, string key, Colour otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : Pages.Colour.Parse(text) ?? throw new WrongConfiguration($"{key} must be a colour such as #175e5a, but is '{text}'.");

    private static string Radius(string? text) =>
        string.IsNullOrEmpty(text) ? "10px"
        : Length().IsMatch(text) ? text
        : throw new WrongConfiguration($"{Section}:Radius must be 0 or a length such as 10px or 0.5rem, but is '{text}'.");

    /// <summary>Fonts that readers have themselves: none is loaded.</summary>
    private static string Font(string? text)
    {
        if (string.IsNullOrEmpty(text)) return SystemFont;
        var names = text.Split(',').Select(name => name.Trim().Trim('\'', '"')).ToList();
        return names.TrueForAll(name => FontName().IsMatch(name))
            ? string.Join(',', names.Select(name => GenericFonts.Contains(name) ? name : $"'{name}'"))
            : throw new WrongConfiguration($"{Section}:Font must be names of fonts separated by commas, such as Inter, sans-serif, but is '{text}'.");
    }

    [GeneratedRegex(@"^(0|[0-9]{1,2}(\.[0-9]{1,3})?(px|rem|em))\z")]
    private static partial Regex Length();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 -]{0,60}\z")]
    private static partial Regex FontName();
}
