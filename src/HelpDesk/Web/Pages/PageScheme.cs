using System.Text;

namespace HelpDesk.Web.Pages;

/// <summary>The colours of pages in light, or in dark. From three that are configured all others follow, each readable where it stands.</summary>
internal sealed record PageScheme(Colour Background, Colour Text, Colour Accent)
{
    private static readonly (string Name, Colour Colour)[] Signals =
    [
        ("good", new(0x1c, 0x7c, 0x4a)), ("warn", new(0xa8, 0x6a, 0x00)), ("bad", new(0xc2, 0x33, 0x2c)),
    ];

    public string ToCss()
    {
        var surface = Background.Mixed(Text, 0.035);
        var css = new StringBuilder();
        Add("background", Background);
        Add("text", Text);
        Add("surface", surface);
        Add("line", Background.Mixed(Text, 0.13));
        Add("edge", Background.Mixed(Text, 0.4).ReadableOn(Colour.Edge, Background, surface));
        Add("muted", Text.Mixed(Background, 0.38).ReadableOn(Colour.Text, surface, Background));
        Add("accent", Accent.ReadableOn(Colour.Text, surface, Background));
        Add("fill", Accent);
        Add("on-fill", Colour.Ink(Accent));
        foreach (var (name, colour) in Signals) Add(name, colour.ReadableOn(Colour.Text, surface, Background));
        return css.ToString();

        void Add(string name, Colour colour) => css.Append("--").Append(name).Append(':').Append(colour).Append(';');
    }
}
