using System.Text.RegularExpressions;

namespace HelpDesk.Inbound;

/// <summary>The words by which mail programs introduce the mail before, in English, Turkish and Finnish.</summary>
internal static partial class QuoteMarks
{
    private const int LongestLine = 400;
    private const int MostLines = 3;
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>The line after an introduction that begins at this one; null where none does.</summary>
    public static int? Introduces(string[] lines, int at)
    {
        if (IsIntroduction(lines[at])) return at + 1;
        // Programs break long lines: but the first of them names an address or a date then.
        if (!Hint().IsMatch(Short(lines[at]))) return null;
        var joined = lines[at].Trim();
        for (var next = at + 1; next < lines.Length && next < at + MostLines && !string.IsNullOrWhiteSpace(lines[next]) && joined.Length < LongestLine; next++)
        {
            joined = $"{joined} {lines[next].Trim()}";
            if (IsIntroduction(joined)) return next + 1;
        }

        return null;
    }

    /// <summary>Where quoted lines follow, one who wrote them may be named without a date or an address: the line that begins that, or the first that is quoted.</summary>
    public static int IntroducedFrom(string[] lines, int quoted)
    {
        var joined = "";
        for (var at = quoted - 1; at >= 0 && at >= quoted - MostLines && !string.IsNullOrWhiteSpace(lines[at]) && joined.Length < LongestLine; at--)
        {
            joined = $"{lines[at].Trim()} {joined}".TrimEnd();
            if (joined.Length is > 8 and <= LongestLine && IsWrote(joined)) return at;
        }

        return quoted;
    }

    private static bool IsIntroduction(string line)
    {
        var text = line.Trim();
        return text.Length is > 8 and <= LongestLine && (Separator().IsMatch(text) || (text.Any(char.IsDigit) && IsWrote(text)));
    }

    /// <summary>Such lines end in a colon: any other need not be walked through.</summary>
    private static bool IsWrote(string text) => text.EndsWith(':') && Wrote().IsMatch(text);

    /// <summary>Outlook: a few lines that name sender, date, recipient and subject.</summary>
    public static bool BeginsHeaders(string[] lines, int at)
    {
        var first = at;
        if (Rule().IsMatch(Short(lines[at])))
        {
            for (first++; first < lines.Length && string.IsNullOrWhiteSpace(lines[first]); first++)
            {
            }
        }

        if (first >= lines.Length || !From().IsMatch(Short(lines[first]))) return false;
        return lines.Skip(first + 1).Take(6).Count(line => Header().IsMatch(Short(line))) >= 2;
    }

    public static bool IsForwarded(string line) => Forwarded().IsMatch(Short(line));

    private static string Short(string line)
    {
        var text = line.Trim();
        return text.Length <= LongestLine ? text : text[..LongestLine];
    }

    [GeneratedRegex(@"[<@]|\b(19|20)\d\d\b|\d[.:]\d\d", Plain)]
    private static partial Regex Hint();

    [GeneratedRegex(@"^(On\s.{6,}\swrote\s?:|.{3,}\s(şunu|şunları)\s+yazdı(\s*\(.{4,60}\))?\s?:|.{6,}\starihinde,?\s.{2,}\syazdı\s?:|.{3,}\skirjoitti(\s.{4,80})?\s?:)$", Plain)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^-{2,}\s*(Original Message|Original Appointment|Özgün İleti|Orijinal İleti|Orijinal Mesaj|Özgün Mesaj|Alkuperäinen viesti)\s*-{2,}$", Plain)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(_{10,}|-{10,})$", Plain)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\*?(From|Kimden|Gönderen|Lähettäjä)\s?:\*?\s*\S", Plain)]
    private static partial Regex From();

    [GeneratedRegex(@"^\*?(Sent|Date|To|Cc|Subject|Gönderildi|Gönderme Tarihi|Gönderim Zamanı|Tarih|Kime|Alıcı|Bilgi|Konu|Lähetetty|Päivämäärä|Päiväys|Pvm|Vastaanottaja|Kopio|Aihe)\s?:", Plain)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"^(-{2,}\s*(Forwarded message|Forwarded by .{1,100}|Yönlendirilen ileti|Yönlendirilmiş ileti|İletilen mesaj|İletilmiş ileti|Edelleen lähetetty viesti|Edelleenlähetetty viesti|Välitetty viesti|Forwarded Message)\s*-{2,}|(Begin forwarded message|İletilen mesajın başlangıcı|İletilmiş mesajın başlangıcı|Välitetty viesti alkaa|Edelleen lähetetty viesti alkaa)\s?:)$",
        Plain)]
    private static partial Regex Forwarded();
}
