namespace HelpDesk.Inbound;

/// <summary>
/// How much reading the header fields of a mail would cost, with those of its parts and of mails in it. The parser copies what it has of a field with every line, and every few thousand bytes,
/// that it reads of it: a field in a hundred thousand lines keeps a core busy for a minute, one of 25 MB for hours. So that is counted before anything is parsed.
/// </summary>
internal static class FieldWork
{
    /// <summary>Bytes copied: about a second's worth. A field of 10,000 lines and 700 kB is below it, and one of 5 MB in a single line.</summary>
    public const long Most = 4_000_000_000;

    private const int Block = 4096;

    /// <summary>Reads the stream from where it stands to its end, or as far as it takes to tell, and puts it back.</summary>
    /// <param name="isAllFields">Whether it has fields alone, in any number of blocks.</param>
    public static bool IsTooMuch(Stream raw, bool isAllFields = false)
    {
        var start = raw.Position;
        var buffer = new byte[64 * 1024];
        var count = new Count(isAllFields);
        for (int length; !count.IsTooMuch && (length = raw.Read(buffer)) > 0;) count.Add(buffer.AsSpan(0, length));
        raw.Position = start;
        return count.IsTooMuch;
    }

    /// <summary>
    /// Rather too much is taken for fields than too little: what begins a mail, what follows a line that begins like a boundary, and the block after one that says "message" or nothing, since it may
    /// be the head of a mail in the mail. There every line may begin a field, and every line that begins with a blank goes on with it.
    /// </summary>
    private sealed class Count(bool isAllFields)
    {
        private static ReadOnlySpan<byte> Message => "message"u8;

        private long work;
        private long bytes;
        private long column;
        private bool isInFields = true;
        private bool isEmpty = true;
        private bool isBoundary;
        private bool saysMessage;
        private int matched;
        private byte before;

        public bool IsTooMuch => work > Most;

        public void Add(ReadOnlySpan<byte> read)
        {
            foreach (var letter in read) Add(letter);
        }

        private void Add(byte letter)
        {
            if (column == 0 && letter is not ((byte)' ' or (byte)'\t')) bytes = 0;
            if (column == 1 && letter == '-' && before == '-') (isInFields, isBoundary, saysMessage) = (true, true, false);
            if (isInFields) Follow(letter);
            before = letter;
            column = letter == '\n' ? 0 : column + 1;
        }

        private void Follow(byte letter)
        {
            bytes++;
            if (letter == '\n' || bytes % Block == 0) work += bytes;
            matched = (letter | 0x20) == Message[matched] ? matched + 1 : (letter | 0x20) == Message[0] ? 1 : 0;
            if (matched == Message.Length) (saysMessage, matched) = (true, 0);
            if (letter != '\n') return;
            if (column > 1 || (column == 1 && before != '\r')) (isEmpty, isBoundary) = (isBoundary, false);
            else (isInFields, isEmpty, saysMessage) = (isAllFields || saysMessage || isEmpty, true, false);
        }
    }
}
