using System.IO.Compression;
using System.Text;
using HelpDesk.Imports;

namespace HelpDesk.Tests.Imports;

/// <summary>Members of a gzip, wherever the pieces end in which they come: whole to the last byte, or refused.</summary>
internal sealed class GzipMembersTests
{
    private static readonly byte[] One = Zipped("first\n");
    private static readonly byte[] Two = Zipped(string.Concat(Enumerable.Range(0, 400).Select(number => $"{number * 7919 % 1000} ")));

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 7)]
    [TestCase(7, 3)]
    [TestCase(8, 8)]
    [TestCase(13, 5)]
    [TestCase(64, 20)]
    [TestCase(1024, 20_000)]
    public async Task Several_are_one(int piece, int arriving)
    {
        Assert.That(await Read([.. One, .. Two, .. Empty, .. Stored(70_000), .. One], piece, arriving), Has.Length.EqualTo(12 + Length(Two) + 70_000));
        Assert.That(Encoding.UTF8.GetString(await Read([.. One, .. One], piece, arriving)), Is.EqualTo("first\nfirst\n"));
    }

    [Test]
    public async Task Every_size_of_piece_and_of_what_arrives_comes_to_the_same()
    {
        for (var piece = 1; piece < 60; piece++)
        {
            for (var arriving = 1; arriving < 60; arriving++) Assert.That((await Read([.. One, .. Two, .. One], piece, arriving)).Length, Is.EqualTo(12 + Length(Two)), $"{piece} {arriving}");
        }
    }

    [Test]
    public void What_is_no_member_behind_one_is_refused([Values(1, 3, 8, 1024)] int piece)
    {
        byte[] damaged = [.. Two];
        damaged[1] ^= 1;
        byte[] otherMethod = [.. Two];
        otherMethod[2] = 7;
        byte[] reserved = [.. Two];
        reserved[3] |= 0x80;
        byte[] wrongLength = [.. One];
        wrongLength[^1] ^= 1;
        byte[] wrongSum = [.. One];
        wrongSum[^8] ^= 1;
        foreach (var behind in new[] { damaged, otherMethod, reserved, "junk"u8.ToArray(), [0], new byte[512], [0x1F], [0x1F, 0x8B, 8], Two[..9], Two[..12], Two[..^8], Two[..^1], wrongLength, wrongSum })
        {
            Assert.ThrowsAsync<InvalidDataException>(() => Read([.. One, .. behind], piece, 20), Convert.ToHexString(behind));
        }

        // The same again, so that what was expected of the first stands at the end of the second too.
        byte[] again = [.. One];
        again[0] ^= 1;
        Assert.ThrowsAsync<InvalidDataException>(() => Read([.. One, .. again], piece, 20));
        Assert.ThrowsAsync<InvalidDataException>(() => Read([.. Empty, .. new byte[8]], piece, 20));
        Assert.ThrowsAsync<InvalidDataException>(() => Read([.. Empty, .. again, .. Empty], piece, 20));
        Assert.ThrowsAsync<InvalidDataException>(() => Read([], piece, 20));
    }

    [Test]
    public void One_cut_anywhere_is_refused()
    {
        byte[] both = [.. One, .. Two];
        foreach (var length in Enumerable.Range(0, both.Length).Where(length => length != One.Length)) Assert.ThrowsAsync<InvalidDataException>(() => Read(both[..length], 16, 20), $"{length}");
    }

    [Test]
    public async Task A_header_may_have_a_name_a_comment_more_and_a_sum()
    {
        byte[] header = [0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, .. "tickets.ndjson\0"u8, .. "a comment\0"u8];
        var sum = (ushort)Crc32.Empty.After(header).Value;
        byte[] named = [.. header, (byte)sum, (byte)(sum >> 8), .. One[10..]];
        Assert.That(Encoding.UTF8.GetString(await Read([.. One, .. named], 5, 6)), Is.EqualTo("first\nfirst\n"));
        named[header.Length] ^= 1;
        Assert.ThrowsAsync<InvalidDataException>(() => Read([.. One, .. named], 5, 6));
    }

    private static byte[] Empty => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Zipped(string text) => Zipped(Encoding.UTF8.GetBytes(text), CompressionLevel.Optimal);

    private static byte[] Stored(int length) => Zipped(new byte[length], CompressionLevel.NoCompression);

    private static byte[] Zipped(byte[] bytes, CompressionLevel level)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, level, leaveOpen: true)) zip.Write(bytes);
        return zipped.ToArray();
    }

    private static int Length(byte[] member) => BitConverter.ToInt32(member, member.Length - 4);

    private static async Task<byte[]> Read(byte[] body, int piece, int arriving)
    {
        await using var members = new GzipMembers(new Arriving(body, arriving), piece);
        using var all = new MemoryStream();
        await members.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>So many bytes at once and no more.</summary>
    private sealed class Arriving(byte[] body, int most) : OneWayStream
    {
        private int at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(Math.Min(buffer.Length, most), body.Length - at);
            body.AsMemory(at, length).CopyTo(buffer);
            at += length;
            return ValueTask.FromResult(length);
        }
    }
}
