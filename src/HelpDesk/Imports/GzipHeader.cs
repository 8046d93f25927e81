using System.Buffers.Binary;

namespace HelpDesk.Imports;

/// <summary>What a member of a gzip begins with (RFC 1952).</summary>
internal static class GzipHeader
{
    private const int Sum = 2;
    private const int Extra = 4;
    private const int Name = 8;
    private const int Comment = 16;
    private const int Reserved = 0xE0;

    /// <summary>Whether these bytes, of which at least four are looked at, can be its beginning.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, var flags, ..] && (flags & Reserved) == 0;

    public static async Task Skip(GzipInput input, CancellationToken cancel)
    {
        var sum = Crc32.Empty;
        var fix = await Bytes(10);
        if (!Begins(fix)) throw new InvalidDataException("A member of the gzip does not begin as it must.");
        var flags = fix[3];
        if ((flags & Extra) != 0) await Bytes(BinaryPrimitives.ReadUInt16LittleEndian(await Bytes(2)));
        if ((flags & Name) != 0) await Text();
        if ((flags & Comment) != 0) await Text();
        var expected = (ushort)sum.Value;
        if ((flags & Sum) != 0 && BinaryPrimitives.ReadUInt16LittleEndian(await Bytes(2)) != expected) throw new InvalidDataException("A header of the gzip is damaged.");

        async Task<byte[]> Bytes(int length)
        {
            var bytes = new byte[length];
            for (var at = 0; at < length; at++) bytes[at] = await input.Byte(cancel);
            sum = sum.After(bytes);
            return bytes;
        }

        async Task Text()
        {
            while ((await Bytes(1))[0] != 0)
            {
            }
        }
    }
}
