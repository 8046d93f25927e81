using System.Text;

namespace HelpDesk.Delivery;

/// <summary>A server's reply: its code, and its words on one line.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;

    public string Words => $"{Code} {string.Join(' ', Lines)}";
}

/// <summary>Reads replies off the wire, bounded: what a server says too much of is not kept.</summary>
internal sealed class SmtpReplyReader(Stream stream)
{
    private const int LongestLine = 2000;
    private const int MostLines = 100;

    private readonly byte[] buffer = new byte[4096];
    private int start;
    private int end;

    /// <summary>
    /// Whether the server has said more than was asked. After STARTTLS that would be somebody else's words, slipped in before the
    /// encryption.
    /// </summary>
    public bool HasMore => start < end;

    public async Task<SmtpReply> Read(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLine(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code))
            {
                throw new IOException($"The mail server said '{SingleLine.Of(line, most: 100)}', which is no SMTP reply.");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new(code, lines);
        }

        throw new IOException("The mail server's reply does not end.");
    }

    private async Task<string> ReadLine(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            var taken = buffer.AsSpan(start, end - start);
            var newline = taken.IndexOf((byte)'\n');
            line.Append(Encoding.UTF8.GetString(newline < 0 ? taken : taken[..newline]));
            if (line.Length > LongestLine) throw new IOException("The mail server's reply does not end.");
            start = newline < 0 ? end : start + newline + 1;
            if (newline >= 0) return line.ToString().TrimEnd('\r');
            (start, end) = (0, await stream.ReadAsync(buffer, cancel));
            if (end == 0) throw new IOException("The mail server closed the connection.");
        }
    }
}
