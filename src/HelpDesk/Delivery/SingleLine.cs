using System.Buffers;

namespace HelpDesk.Delivery;

/// <summary>
/// Text for a place that holds one line (a header, a subject, a name): control characters and line breaks of every kind become spaces.
/// </summary>
internal static class SingleLine
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029')]);

    /// <summary>Where the first sign stands that does not belong on one line; -1: nowhere.</summary>
    public static int FirstBreak(string text) => text.AsSpan().IndexOfAny(Breaks);

    public static string Of(string text, int most = int.MaxValue)
    {
        if (text.AsSpan().ContainsAny(Breaks))
        {
            text = string.Create(text.Length, text, static (line, source) =>
            {
                for (var i = 0; i < line.Length; i++) line[i] = Breaks.Contains(source[i]) ? ' ' : source[i];
            }).Trim();
        }

        if (text.Length <= most) return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}
