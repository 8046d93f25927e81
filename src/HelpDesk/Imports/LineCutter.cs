using HelpDesk.Web;

namespace HelpDesk.Imports;

/// <summary>Some whole lines of a file, each with its end, but perhaps the last.</summary>
internal sealed record LineChunk(int Number, long FirstLine, int Lines, ReadOnlyMemory<byte> Bytes);

/// <summary>Cuts a stream into chunks of whole lines; never more of it is in memory than a chunk and a line.</summary>
internal static class LineCutter
{
    /// <summary>A chunk is a step of the work, and so a transaction. Lines that are blank are none of these.</summary>
    public const int MostLines = 1000;

    private static readonly byte[] Blank = [.. " \t\r\n"u8];

    private const int EnoughBytes = 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    /// <param name="take">What becomes of a chunk; its bytes are good until this is done.</param>
    /// <returns>How many lines there are.</returns>
    public static async Task<long> Cut(Stream stream, ImportOptions options, Func<LineChunk, Task> take, CancellationToken cancel)
    {
        var (buffer, filled, cut, lines, full) = (new byte[EnoughBytes + ReadBytes], 0, 0, 0, 0);
        var (total, firstLine, number) = (0L, 1L, 0);
        while (true)
        {
            if (buffer.Length - filled < ReadBytes) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(filled, ReadBytes), cancel);
            if ((total += read) > options.MaxBytes) throw TooLarge($"The file has more than {options.MaxBytes} bytes, uncompressed, which is the most that is taken (Imports:MaxBytes).");
            var from = filled;
            filled += read;
            while (buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') is >= 0 and var end)
            {
                from += end + 1;
                CheckLength(from - cut - 1, firstLine + lines);
                if (buffer.AsSpan(cut, from - cut).Trim(Blank).Length > 0) full++;
                (cut, lines) = (from, lines + 1);
                if (full == MostLines || cut >= EnoughBytes) await Take();
            }

            CheckLength(filled - cut, firstLine + lines);
            if (read > 0) continue;
            if (filled > cut) (cut, lines) = (filled, lines + 1);
            if (lines > 0) await Take();
            return firstLine - 1;

            async Task Take()
            {
                await take(new LineChunk(number++, firstLine, lines, buffer.AsMemory(0, cut)));
                buffer.AsSpan(cut, filled - cut).CopyTo(buffer);
                (filled, from, firstLine, cut, lines) = (filled - cut, from - cut, firstLine + lines, 0, 0);
                full = 0;
            }
        }

        void CheckLength(int bytes, long line)
        {
            if (bytes > options.MaxLineBytes) throw TooLarge($"Line {line} has more than {options.MaxLineBytes} bytes, which is the most that a line may have (Imports:MaxLineBytes).");
        }
    }

    private static Refusal TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "too-large", "The file is too large", detail);
}
