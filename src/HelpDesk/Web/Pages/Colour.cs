using System.Globalization;

namespace HelpDesk.Web.Pages;

/// <summary>An sRGB colour, and how well it is read on another (WCAG 2).</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>For text, by WCAG's level AA.</summary>
    public const double Text = 4.5;

    /// <summary>For the edges of what is operated.</summary>
    public const double Edge = 3;

    private static readonly Colour Black = new(0, 0, 0);
    private static readonly Colour White = new(255, 255, 255);

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>#rgb or #rrggbb.</summary>
    public static Colour? Parse(string text)
    {
        if (text.Length is not (4 or 7) || text[0] != '#' || !text.Skip(1).All(char.IsAsciiHexDigit)) return null;
        var digits = text.Length == 7 ? text[1..] : string.Concat(text.Skip(1).Select(digit => new string(digit, 2)));
        return new(Part(digits, 0), Part(digits, 2), Part(digits, 4));
    }

    /// <summary>1 to 21.</summary>
    public double ContrastTo(Colour other)
    {
        var (light, dark) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (light + 0.05) / (dark + 0.05);
    }

    /// <param name="share">How much of the other: 0 to 1.</param>
    public Colour Mixed(Colour other, double share) => new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    /// <summary>Itself, else as little darker or lighter as makes it readable on every one of these.</summary>
    public Colour ReadableOn(double contrast, params ReadOnlySpan<Colour> grounds)
    {
        var towards = Ink(grounds[0]);
        for (var share = 0.0; share < 1; share += 0.04)
        {
            var colour = Mixed(towards, share);
            if (IsReadable(colour, contrast, grounds)) return colour;
        }

        return towards;
    }

    /// <summary>Black or white, whichever is read better on it. One of them always reaches <see cref="Text"/>.</summary>
    public static Colour Ink(Colour ground) => ground.ContrastTo(Black) > ground.ContrastTo(White) ? Black : White;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private static bool IsReadable(Colour colour, double contrast, ReadOnlySpan<Colour> grounds)
    {
        foreach (var ground in grounds)
        {
            if (colour.ContrastTo(ground) < contrast) return false;
        }

        return true;
    }

    private static byte Part(string digits, int at) => byte.Parse(digits.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static double Linear(byte part) => part / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
