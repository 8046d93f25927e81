namespace HelpDesk.Imports;

/// <summary>The sum that gzip has of what it holds (ISO 3309).</summary>
internal readonly record struct Crc32(uint Value)
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>Of nothing.</summary>
    public static Crc32 Empty => new(0);

    public Crc32 After(ReadOnlySpan<byte> bytes)
    {
        var sum = ~Value;
        foreach (var each in bytes) sum = Table[(byte)(sum ^ each)] ^ (sum >> 8);
        return new(~sum);
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
        return entry;
    }
}
