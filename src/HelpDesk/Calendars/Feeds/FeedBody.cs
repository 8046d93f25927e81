using System.IO.Compression;

namespace HelpDesk.Calendars.Feeds;

/// <summary>What a server sends of a feed: as it is or in gzip, of so many bytes at most, on the way and unpacked.</summary>
internal static class FeedBody
{
    private const int Most = ImportHolidays.MostBytes;

    /// <returns>The bytes, or why there are none.</returns>
    public static async Task<(byte[]? Bytes, string? Problem)> Read(HttpContent content, CancellationToken cancel)
    {
        var encodings = content.Headers.ContentEncoding.Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        var isGzip = encodings is [var only] && only.ToLowerInvariant() is "gzip" or "x-gzip";
        if (encodings.Count > 0 && !isGzip) return (null, $"It comes in the Content-Encoding {string.Join(", ", encodings)}, which was not asked for.");
        if (content.Headers.ContentLength > Most) return (null, TooLarge);
        await using var body = await content.ReadAsStreamAsync(cancel);
        if (await UpTo(Most, body, cancel) is not { } sent) return (null, TooLarge);
        if (!isGzip) return (sent, null);
        using var packed = new MemoryStream(sent);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return await UpTo(Most, unpacked, cancel) is { } bytes ? (bytes, null) : (null, TooLarge);
    }

    private static string TooLarge => $"It is larger than {Most} bytes.";

    /// <summary>Null where there is more.</summary>
    private static async Task<byte[]?> UpTo(int most, Stream stream, CancellationToken cancel)
    {
        var bytes = new byte[most + 1];
        var length = 0;
        while (length < bytes.Length && await stream.ReadAsync(bytes.AsMemory(length), cancel).AsTask().WaitAsync(cancel) is > 0 and var read) length += read;
        return length > most ? null : bytes[..length];
    }
}
