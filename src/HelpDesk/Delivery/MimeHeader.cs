using System.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// Header fields as RFC 5322 and RFC 2047 want them: one line of ASCII each, folded near 76 characters. No value can end its field and
/// begin another.
/// </summary>
internal static class MimeHeader
{
    private const int LineLength = 76;
    private const int BytesPerEncodedWord = 45;

    /// <summary>Free text: plain where that is safe, else encoded words.</summary>
    public static void AppendText(StringBuilder mail, string name, string value) => AppendFolded(mail, name, Words(SingleLine.Of(value)));

    /// <summary>A mailbox: the name quoted or encoded, the address as it is.</summary>
    public static void AppendMailbox(StringBuilder mail, string name, string? displayName, string address)
    {
        var person = SingleLine.Of(displayName ?? "").Trim();
        AppendFolded(mail, name, person.Length == 0 ? address : $"{(IsPlain(person) ? Quoted(person) : Encoded(person))} <{address}>");
    }

    /// <summary>Ids, dates and other values of the desk's own making.</summary>
    public static void AppendFolded(StringBuilder mail, string name, string value)
    {
        mail.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var word in SingleLine.Of(value).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column + 1 + word.Length > LineLength && column > name.Length + 1)
            {
                mail.Append("\r\n");
                column = 0;
            }

            mail.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        mail.Append("\r\n");
    }

    private static string Words(string text) => IsPlain(text) ? text : Encoded(text);

    // "=?" would be read as the beginning of an encoded word; a word longer than a line cannot be folded.
    private static bool IsPlain(string text) =>
        Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal) && text.Split(' ').All(word => word.Length <= LineLength);

    private static string Quoted(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Encoded(string text)
    {
        var words = new List<string>();
        var bytes = new byte[BytesPerEncodedWord];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // An encoded word holds whole characters.
            if (length + rune.Utf8SequenceLength > BytesPerEncodedWord) EndWord();
            length += rune.EncodeToUtf8(bytes.AsSpan(length));
        }

        EndWord();
        return string.Join(' ', words);

        void EndWord()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(bytes, 0, length)}?=");
            length = 0;
        }
    }
}
