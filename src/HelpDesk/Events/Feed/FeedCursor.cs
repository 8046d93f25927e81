using System.Buffers;
using System.Buffers.Text;

namespace HelpDesk.Events.Feed;

/// <summary>
/// How far a reader has come. Events are read in rounds: a round is all that was committed between two snapshots, in the order of their sequence. So what
/// commits late has its place in a later round, however low its sequence, and nobody waits for whoever is slow to commit. Of one ticket, whose row every writer
/// of it holds, the order is that of what happened.
/// </summary>
/// <param name="Era">Of the numbers of transactions: a database that was restored has another.</param>
/// <param name="Seen">What was over in this one has been read.</param>
/// <param name="Low">What is not over in <paramref name="Seen"/> has a higher sequence than this: where looking begins.</param>
/// <param name="Round">The snapshot that the round under way reads up to; null between two rounds.</param>
/// <param name="NextLow">What <paramref name="Low"/> becomes when the round is over.</param>
/// <param name="Last">The sequence that the round has come to.</param>
internal sealed record FeedCursor(int Era, Snapshot Seen, long Low, Snapshot? Round = null, long NextLow = 0, long Last = 0)
{
    private const byte Version = 1;
    private const int MostRunning = 1_000;
    private const ulong Highest = long.MaxValue / 2;

    /// <summary>Before the first event.</summary>
    public static FeedCursor Start(int era) => new(era, Snapshot.Nothing, 0);

    /// <summary>The round is over: between it and the next.</summary>
    public FeedCursor AtEndOfRound() => new(Era, Round!, NextLow);

    /// <summary>As readers have it: short, and nothing that they could make sense of.</summary>
    public override string ToString()
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        Write(bytes, Version);
        Write(bytes, (uint)Era);
        Write(bytes, Seen);
        Write(bytes, (ulong)Low);
        if (Round is { } round)
        {
            Write(bytes, round);
            Write(bytes, (ulong)NextLow);
            Write(bytes, (ulong)Last);
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }

    /// <summary>Null for what is none.</summary>
    public static FeedCursor? TryParse(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var reader = new Reader(Base64Url.DecodeFromChars(text));
        if (reader.Number() != Version || reader.Number() is not { } era || reader.Snapshot() is not { } seen || reader.Number() is not { } low) return null;
        if (reader.IsAtEnd) return Of(era, seen, low, null, 0, 0);
        return reader.Snapshot() is { } round && reader.Number() is { } next && reader.Number() is { } last && reader.IsAtEnd ? Of(era, seen, low, round, next, last) : null;
    }

    private static FeedCursor? Of(ulong era, Snapshot seen, ulong low, Snapshot? round, ulong next, ulong last) =>
        era <= uint.MaxValue && Math.Max(low, Math.Max(next, last)) <= Highest && (round is null || seen.IsWithin(round))
            ? new((int)(uint)era, seen, (long)low, round, (long)next, (long)last)
            : null;

    private static void Write(ArrayBufferWriter<byte> bytes, Snapshot snapshot)
    {
        Write(bytes, snapshot.Min);
        Write(bytes, snapshot.Max - snapshot.Min);
        Write(bytes, (ulong)snapshot.Running.Count);
        var before = snapshot.Min;
        foreach (var running in snapshot.Running)
        {
            Write(bytes, running - before);
            before = running;
        }
    }

    /// <summary>Seven bits to a byte, the lowest first; the eighth says that more follow.</summary>
    private static void Write(ArrayBufferWriter<byte> bytes, ulong number)
    {
        do
        {
            bytes.GetSpan(1)[0] = (byte)((number & 0x7F) | (number > 0x7F ? 0x80u : 0));
            bytes.Advance(1);
            number >>= 7;
        }
        while (number > 0);
    }

    /// <summary>Reads back what was written; null for what never was.</summary>
    private sealed class Reader(byte[] bytes)
    {
        private int at;

        public bool IsAtEnd => at == bytes.Length;

        public ulong? Number()
        {
            var number = 0UL;
            for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
            {
                var next = bytes[at++];
                number |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80) return number;
            }

            return null;
        }

        public Snapshot? Snapshot()
        {
            // PostgreSQL knows no transaction 0.
            if (Number() is not ({ } min and > 0) || Number() is not { } span || Number() is not { } count || min > Highest || span > Highest || count > MostRunning) return null;
            var (running, before) = (new ulong[count], min);
            for (var index = 0; index < running.Length; index++)
            {
                if (Number() is not { } step || step > span) return null;
                running[index] = before += step;
                if (before >= min + span) return null;
            }

            return new(min, min + span, running);
        }
    }
}
