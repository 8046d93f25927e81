using System.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// A body part of text: as it is where every line is short ASCII (anybody can read and search the file), else quoted-printable. Lines end
/// in CRLF.
/// </summary>
internal static class MimeText
{
    private const int LongestLine = 76;
    private const int LongestPlainLine = 998;

    public static void Append(StringBuilder mail, string type, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var isPlain = Ascii.IsValid(text) && !lines.Any(line => line.Length > LongestPlainLine || line.Contains('\0', StringComparison.Ordinal));
        mail.Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\n");
        mail.Append("Content-Transfer-Encoding: ").Append(isPlain ? "7bit" : "quoted-printable").Append("\r\n\r\n");
        foreach (var line in lines)
        {
            if (isPlain) mail.Append(line);
            else AppendQuotedPrintable(mail, line);
            mail.Append("\r\n");
        }
    }

    private static void AppendQuotedPrintable(StringBuilder mail, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            // White space at a line's end would be lost.
            var isLiteral = value is >= 33 and <= 126 and not (byte)'=' || (value is (byte)' ' or (byte)'\t' && i < bytes.Length - 1);
            var width = isLiteral ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                mail.Append("=\r\n");
                column = 0;
            }

            if (isLiteral) mail.Append((char)value);
            else mail.Append('=').Append(value.ToString("X2", null));
            column += width;
        }
    }
}
