using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Access;

/// <summary>
/// A key as its holder has it: <c>hd_&lt;id&gt;_&lt;secret&gt;</c>. The secret is 256 random bits, so a plain SHA-256 of it cannot be guessed back
/// and a slow hash would only slow the desk.
/// </summary>
internal static class ApiKeySecret
{
    private const string Prefix = "hd_";
    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    public static string MakeId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public static (string Key, byte[] Hash) Make(string id)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{Prefix}{id}_{secret}", Hash(secret));
    }

    /// <summary>The parts of a key; false for anything not of its form. The secret itself may hold underscores, the id does not.</summary>
    public static bool TryRead(string key, out string id, out byte[] hash)
    {
        (id, hash) = ("", []);
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key.IndexOf('_', Prefix.Length) is var end && end < 0) return false;
        (id, hash) = (key[Prefix.Length..end], Hash(key[(end + 1)..]));
        return id.Length is > 0 and <= 2 * IdBytes;
    }

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool Same(byte[] hash, byte[] other) => CryptographicOperations.FixedTimeEquals(hash, other);
}
