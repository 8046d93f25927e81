using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Support;

/// <summary>A mail as its reader's program sees it: headers unfolded and decoded, parts decoded.</summary>
internal sealed partial class ParsedMail
{
    private readonly List<(string Name, string Value)> headers;

    private ParsedMail(List<(string, string)> headers, string text, string html) => (this.headers, Text, Html) = (headers, text, html);

    public string Text { get; }

    public string Html { get; }

    public IReadOnlyList<string> HeaderNames => [.. headers.Select(header => header.Name)];

    /// <summary>The one header of this name; more or fewer is an error.</summary>
    public string this[string name] => headers.Single(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static ParsedMail Of(string raw)
    {
        Assert.That(raw.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n").And.Not.Contain("\r"), "every line ends in CRLF");
        var (headers, body) = Split(raw);
        var boundary = Boundary().Match(headers.Single(header => header.Name == "Content-Type").Value).Groups[1].Value;
        var parts = body.Split($"--{boundary}");
        Assert.That(parts, Has.Length.EqualTo(4), "a preamble, two parts, the end");
        Assert.That(parts[3].TrimEnd(), Is.EqualTo("--"));
        // The line end before a boundary is the boundary's.
        return new(headers, Part(parts[1][2..^2], "text/plain"), Part(parts[2][2..^2], "text/html"));
    }

    private static (List<(string Name, string Value)> Headers, string Body) Split(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Fold().Replace(raw[..end], " ");
        return ([.. unfolded.Split("\r\n").Select(line => line.Split(':', 2)).Select(pair => (pair[0], Decoded(pair[1].TrimStart())))], raw[(end + 4)..]);
    }

    private static string Decoded(string value) => EncodedWord().Replace(
        BetweenEncodedWords().Replace(value, "?==?"),
        word => word.Groups[1].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
            : QuotedPrintable(word.Groups[2].Value.Replace('_', ' ')));

    private static string Part(string part, string type)
    {
        var (headers, body) = Split(part);
        Assert.That(headers.Single(header => header.Name == "Content-Type").Value, Is.EqualTo($"{type}; charset=utf-8"));
        return headers.Single(header => header.Name == "Content-Transfer-Encoding").Value == "7bit" ? body : QuotedPrintable(body);
    }

    private static string QuotedPrintable(string body)
    {
        Assert.That(body.Split("\r\n").Max(line => line.Length), Is.LessThanOrEqualTo(76));
        var bytes = new List<byte>();
        var joined = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] != '=') bytes.Add((byte)joined[i]);
            else bytes.Add(byte.Parse(joined.AsSpan((i += 2) - 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex("\r\n[ \t]")]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?([BQbq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenEncodedWords();
}
