using System.Text;

namespace HelpDesk.Search;

/// <summary>A text and which of its characters were found.</summary>
internal sealed class MarkedText
{
    public const char Start = '\u0001';
    public const char Stop = '\u0002';

    private const int Before = 60;
    private const int Length = 200;

    private readonly string text;
    private readonly bool[] found;

    /// <param name="text">As it was written.</param>
    /// <param name="readings">The same letter for letter in lower case, or without marks on its letters, with what was found between <see cref="Start"/> and <see cref="Stop"/>.</param>
    public MarkedText(string text, params string?[] readings)
    {
        this.text = text;
        found = new bool[text.Length];
        foreach (var reading in readings.OfType<string>()) Mark(reading);
    }

    public bool HasMarks => found.Contains(true);

    private void Mark(string reading)
    {
        // A reading that is not letter for letter would mark the wrong ones.
        if (reading.Count(letter => letter is not (Start or Stop)) != text.Length) return;
        var (at, inside) = (0, false);
        foreach (var letter in reading)
        {
            if (letter is Start or Stop) inside = letter == Start;
            else found[at++] |= inside;
        }
    }

    /// <summary>The whole text as HTML.</summary>
    public string Whole() => Html(0, text.Length);

    /// <summary>Pieces around what was found, as HTML.</summary>
    public IEnumerable<string> Pieces()
    {
        for (var next = Array.IndexOf(found, true); next >= 0;)
        {
            var from = next <= Before ? 0 : WordAfter(next - Before, next);
            var to = from + Length >= text.Length ? text.Length : WordBefore(from + Length, next);
            yield return (from > 0 ? "…" : "") + Html(from, to).Trim() + (to < text.Length ? "…" : "");
            next = to < text.Length ? Array.IndexOf(found, true, to) : -1;
        }
    }

    /// <summary>The next beginning of a word, but not past what must be shown.</summary>
    private int WordAfter(int from, int most)
    {
        var blank = text.AsSpan(from, most - from).IndexOfAny(' ', '\n', '\t');
        return blank >= 0 ? from + blank + 1 : char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    private int WordBefore(int to, int least)
    {
        var blank = text.AsSpan(least, to - least).LastIndexOfAny(' ', '\n', '\t');
        return blank > 0 ? least + blank : char.IsLowSurrogate(text[to]) ? to - 1 : to;
    }

    private string Html(int from, int to)
    {
        var html = new StringBuilder();
        var inside = false;
        for (var at = from; at < to; at++)
        {
            if (found[at] != inside) html.Append((inside = found[at]) ? "<mark>" : "</mark>");
            html.Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                var letter when char.IsControl(letter) || char.IsWhiteSpace(letter) => " ",
                var letter => letter.ToString(),
            });
        }

        return (inside ? html.Append("</mark>") : html).ToString();
    }
}
