using System.Text.RegularExpressions;

namespace HelpDesk.TicketPages;

/// <summary>A stretch of a message: words, or an address that is written out.</summary>
public sealed partial record TextPart(string Text, bool IsLink)
{
    internal static IReadOnlyList<TextPart> Of(string body)
    {
        var parts = new List<TextPart>();
        var from = 0;
        foreach (Match match in Address().Matches(body))
        {
            // What ends the sentence is no part of the address; a bracket is, where it was opened in it.
            var text = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', '"', '\'', '…');
            if (text.EndsWith(')') && !text.Contains('(', StringComparison.Ordinal)) text = text.TrimEnd(')', '.', ',');
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0) continue;
            if (match.Index > from) parts.Add(new(body[from..match.Index], false));
            parts.Add(new(text, true));
            from = match.Index + text.Length;
        }

        if (from < body.Length) parts.Add(new(body[from..], false));
        return parts;
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""]{1,2000}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
