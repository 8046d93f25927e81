using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HelpDesk.Web.Json;

namespace HelpDesk.Web;

/// <summary>
/// Where a page of a keyset list ended: the sort key of its last row as base64url of a checksum and JSON. The checksum covers the list it belongs to,
/// so a cursor that was cut, altered or taken from another list is refused instead of silently starting elsewhere. It guards no secret.
/// </summary>
internal static class Cursor
{
    private const int ChecksumBytes = 6;

    public static string Write<T>(T key, string list)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(key, JsonConventions.Options);
        return Base64Url.EncodeToString([.. Checksum(json, list), .. json]);
    }

    public static T Read<T>(string cursor, string list)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length > ChecksumBytes && Checksum(bytes[ChecksumBytes..], list).AsSpan().SequenceEqual(bytes.AsSpan(0, ChecksumBytes)))
            {
                return JsonSerializer.Deserialize<T>(bytes.AsSpan(ChecksumBytes), JsonConventions.Options)!;
            }
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Said below.
        }
        throw Refusal.Invalid("cursor", "is not a cursor of this list: use nextCursor as it was given, with the same sort");
    }

    private static byte[] Checksum(byte[] json, string list) => SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. json])[..ChecksumBytes];
}
