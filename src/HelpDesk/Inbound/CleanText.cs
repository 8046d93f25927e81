using System.Text;

namespace HelpDesk.Inbound;

/// <summary>Text from the world as it can be kept: no U+0000, no halves of characters, no control characters but tabs and line ends.</summary>
internal static class CleanText
{
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Halves of characters come out as the replacement character.
        Span<char> letters = stackalloc char[2];
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune)) clean.Append(letters[..rune.EncodeToUtf16(letters)]);
        }

        return clean.ToString();
    }

    /// <summary>On one line, at most so long.</summary>
    public static string Line(string text, int most) => Cut(string.Join(' ', Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), most);

    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
