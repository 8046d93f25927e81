using System.Text;

namespace HelpDesk.Web.Outgoing;

/// <summary>
/// What another server said, as the database can keep it: receivers of webhooks, mail servers, servers of feeds. They may say anything, and what came of asking them must be
/// written down all the same: so U+0000 and halves of characters become the replacement character, and no more is kept than was wanted.
/// </summary>
internal static class ForeignText
{
    /// <summary>For a reason that is shown.</summary>
    public const int MostOfAReason = 500;

    public static string Of(string text, int most)
    {
        var clean = new StringBuilder(Math.Min(text.Length, most));
        // Halves of characters come out as the replacement character.
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > most) break;
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }

    /// <summary>On one line: control characters and line breaks become spaces.</summary>
    public static string Line(string text, int most = MostOfAReason) =>
        Of(string.Concat(text.Select(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029' ? ' ' : sign)).Trim(), most);
}
