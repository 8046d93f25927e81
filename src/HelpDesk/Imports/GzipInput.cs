namespace HelpDesk.Imports;

/// <summary>
/// The bytes of a gzip, in pieces for the inflater, which does not tell how much of the last piece it needed. So that piece is kept: in it, or right behind it, the member's trailer must
/// stand, and behind that another member or nothing. The first that is equal to it is it: chance makes another in one of 2^64, but for that of an empty member, which is all zeros. So as long
/// as nothing has come out, a piece is one byte, and its end known.
/// </summary>
internal sealed class GzipInput(Stream body, int most) : OneWayStream
{
    private const int Beyond = 16;
    private readonly byte[] buffer = new byte[most + Beyond + (16 * 1024)];

    // What is held is from..to; of it, what was handed out last is from..next.
    private int from;
    private int next;
    private int to;
    private bool isEnd;

    /// <summary>Whether nothing has come out of the member so far.</summary>
    public bool IsByByte { get; set; }

    /// <summary>A piece for the inflater, which asks only where it has not come to the end of a member.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        from = next;
        if (!await Has(1, cancellationToken)) throw new InvalidDataException("The gzip breaks off.");
        var length = Math.Min(Math.Min(buffer.Length, IsByByte ? 1 : most), to - from);
        this.buffer.AsMemory(from, length).CopyTo(buffer);
        next = from + length;
        return length;
    }

    public async ValueTask<byte> Byte(CancellationToken cancel)
    {
        if (!await Has(1, cancel)) throw new InvalidDataException("The gzip breaks off.");
        next = from + 1;
        return buffer[from++];
    }

    public async ValueTask<bool> IsOver(CancellationToken cancel) => !await Has(1, cancel);

    /// <summary>Passes over the trailer.</summary>
    /// <returns>False where it stands nowhere, or is followed by what is neither a member's beginning nor the end.</returns>
    public async Task<bool> GoOnAfter(byte[] trailer, CancellationToken cancel)
    {
        await Has(next - from + Beyond, cancel);
        var found = IsByByte ? next - from : buffer.AsSpan(from, Math.Min(next + trailer.Length, to) - from).IndexOf(trailer);
        var after = from + found + trailer.Length;
        if (found < 0 || after > to || !buffer.AsSpan(from + found, trailer.Length).SequenceEqual(trailer) || !(after == to || GzipHeader.Begins(buffer.AsSpan(after, to - after)))) return false;
        from = next = after;
        return true;
    }

    /// <summary>Whether so many bytes stand from <c>from</c> on, read where they have not been.</summary>
    private async ValueTask<bool> Has(int length, CancellationToken cancel)
    {
        while (to - from < length && !isEnd)
        {
            if (from > 0 && buffer.Length - to < most)
            {
                buffer.AsSpan(from, to - from).CopyTo(buffer);
                (next, to, from) = (next - from, to - from, 0);
            }

            var read = await body.ReadAsync(buffer.AsMemory(to), cancel);
            to += read;
            isEnd = read == 0;
        }

        return to - from >= length;
    }
}
