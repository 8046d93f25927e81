using System.Globalization;
using System.Text;

namespace HelpDesk.Attachments;

/// <summary>Names of files as they may be shown and saved.</summary>
internal static class FileNames
{
    private const int MostCharacters = 200;
    private const int LongestExtension = 20;
    private const string Forbidden = "<>:\"|?*";

    /// <summary>
    /// What comes after the last slash of either kind, composed, without control characters and those that turn or hide text (a name that reads
    /// "exe.gpj" backwards), without characters that a file system refuses, dots and blanks at its ends; "file" if nothing is left.
    /// </summary>
    public static string Of(string? given)
    {
        var name = new StringBuilder();
        foreach (var rune in (given ?? "")[(((given ?? "").LastIndexOfAny(['/', '\\'])) + 1)..].EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (kind is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            if (rune == Rune.ReplacementChar || (rune.IsBmp && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal))) name.Append('_');
            else if (Rune.IsWhiteSpace(rune)) name.Append(' ');
            else name.Append(rune.ToString());
        }

        var clean = name.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        return clean.Length == 0 ? "file" : clean.Length <= MostCharacters ? clean : Shortened(clean);
    }

    private static string Shortened(string name)
    {
        var extension = Path.GetExtension(name);
        if (extension.Length > LongestExtension) extension = "";
        var length = MostCharacters - extension.Length;
        if (char.IsHighSurrogate(name[length - 1])) length--;
        return name[..length] + extension;
    }
}
