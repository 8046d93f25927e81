using System.Text.RegularExpressions;
using HelpDesk.Web.Settings;

namespace HelpDesk.Web.Pages;

/// <summary>
/// <c>Pages:Theme:*</c>: a few values that make pages look like the desk's own. They become variables of a stylesheet and can be nothing else: each has a narrow
/// form, and text that nobody could read on its background stops the start.
/// </summary>
internal static partial class PageTheme
{
    private const string Section = "Pages:Theme";
    private const string SystemFont = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif";

    private const string Hex = "a colour such as `#175e5a`";

    private static readonly string[] Names = ["Accent", "Background", "Text", "Radius", "Font", "Dark"];
    private static readonly string[] GenericFonts = ["serif", "sans-serif", "monospace", "cursive", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"];
    private static readonly PageScheme Light = new(new(0xfd, 0xfc, 0xfa), new(0x1d, 0x21, 0x26), new(0x17, 0x5e, 0x5a));
    private static readonly PageScheme Paper = Light with { Background = new(0xff, 0xff, 0xff) };
    private static readonly PageScheme Dark = new(new(0x15, 0x18, 0x1b), new(0xe9, 0xea, 0xeb), new(0x79, 0xc9, 0xbd));

    private static readonly SchemeKeys LightKeys = new(Section, Light, "colour of {0} of the pages that customers see; further shades follow from the three, always readable");
    private static readonly SchemeKeys DarkKeys = new($"{Section}:Dark", Dark, "colour of {0}, for readers who prefer dark");

    /// <summary>In the order of the reference.</summary>
    public static readonly IReadOnlyList<Text> Colours = [.. LightKeys.All, .. DarkKeys.All];

    private static readonly Text Corners = new($"{Section}:Radius", "rounding of corners", "`0` or a length such as `10px` or `0.5rem`", "10px");

    private static readonly Text Face = new($"{Section}:Font", "names of fonts that readers have: none is loaded", "names of fonts separated by commas, such as `Inter, sans-serif`", note: "the system's");

    public static (string Css, Colour Accent) Read(IConfiguration configuration)
    {
        foreach (var unknown in configuration.GetSection(Section).GetChildren().Where(child => !Names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new WrongConfiguration($"{unknown.Path} is not known: the theme has {string.Join(", ", Names)}, and Accent, Background and Text under Dark too.");
        }

        var light = Scheme(configuration, LightKeys);
        var dark = Scheme(configuration, DarkKeys);
        var shape = $"color-scheme:light dark;--font:{Font(Face.Read(configuration))};--radius:{Radius(Corners.Read(configuration)!)};";
        // Paper is white, whatever the screen shows.
        var css = $"{Root(shape + light.ToCss())}@media (prefers-color-scheme:dark){{{Root(dark.ToCss())}}}@media print{{{Root(Paper.ToCss())}}}\n";
        return (css, light.Accent);

        static string Root(string variables) => $":root{{{variables}}}";
    }

    private static PageScheme Scheme(IConfiguration configuration, SchemeKeys keys)
    {
        var scheme = new PageScheme(Colour(configuration, keys.Background), Colour(configuration, keys.Text), Colour(configuration, keys.Accent));
        var contrast = scheme.Text.ContrastTo(scheme.Background);
        return contrast >= Pages.Colour.Text + 0.5 ? scheme
            : throw keys.Text.Wrong(FormattableString.Invariant($"{scheme.Text} on {keys.Background.Key} {scheme.Background} has a contrast of {contrast:0.0}, which must be 5 or more to be readable"));
    }

    private static Colour Colour(IConfiguration configuration, Text key) => key.Read(configuration) is var text && Pages.Colour.Parse(text!) is { } colour ? colour : throw key.Refuse(text!);

    private static string Radius(string text) => Length().IsMatch(text) ? text : throw Corners.Refuse(text);

    /// <summary>Fonts that readers have themselves: none is loaded.</summary>
    private static string Font(string? text)
    {
        if (string.IsNullOrEmpty(text)) return SystemFont;
        var names = text.Split(',').Select(name => name.Trim().Trim('\'', '"')).ToList();
        return names.TrueForAll(name => FontName().IsMatch(name))
            ? string.Join(',', names.Select(name => GenericFonts.Contains(name) ? name : $"'{name}'"))
            : throw Face.Refuse(text);
    }

    [GeneratedRegex(@"^(0|[0-9]{1,2}(\.[0-9]{1,3})?(px|rem|em))\z")]
    private static partial Regex Length();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 -]{0,60}\z")]
    private static partial Regex FontName();

    private sealed class SchemeKeys(string section, PageScheme otherwise, string meaning)
    {
        public Text Background { get; } = Of(section, "Background", "the background", otherwise.Background, meaning);

        public Text Text { get; } = Of(section, "Text", "the text", otherwise.Text, meaning);

        public Text Accent { get; } = Of(section, "Accent", "links and buttons", otherwise.Accent, meaning);

        public IEnumerable<Text> All => [Background, Text, Accent];

        private static Text Of(string section, string name, string what, Colour otherwise, string meaning) =>
            new($"{section}:{name}", string.Format(System.Globalization.CultureInfo.InvariantCulture, meaning, what), Hex, otherwise.ToString());
    }
}
