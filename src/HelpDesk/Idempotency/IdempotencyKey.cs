using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Idempotency;

/// <summary>
/// A caller's Idempotency-Key. The database sees a hash that names it; what opens the stored answer is derived from the key, so that a copy of the database
/// without the client's keys tells nothing of the answers. (A key that can be guessed gives that away.)
/// </summary>
internal sealed class IdempotencyKey
{
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private readonly byte[] secret;

    private IdempotencyKey(string caller, string key)
    {
        var salt = Encoding.UTF8.GetBytes(caller);
        var material = Encoding.ASCII.GetBytes(key);
        Id = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, salt, "helpdesk idempotency name"u8.ToArray());
        secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, salt, "helpdesk idempotency answer"u8.ToArray());
    }

    /// <summary>Names the key in the database.</summary>
    public byte[] Id { get; }

    /// <summary>Names it among PostgreSQL's advisory locks.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Id);

    /// <summary>Null where the request has none, or its endpoint does not look at it, or by itself.</summary>
    public static IdempotencyKey? Of(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata is { } marks && marks.GetMetadata<IgnoresIdempotencyKey>() is null && marks.GetMetadata<KeepsIdempotencyKey>() is null
            ? Given(http) : null;

    /// <summary>Null where the request has none.</summary>
    public static IdempotencyKey? Given(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue(IdempotencyHeaders.Key, out var given) || Caller.Of(http.User) is not { } caller) return null;
        return given is [{ Length: > 0 and <= IdempotencyHeaders.MostCharacters } key] && key.All(letter => letter is > ' ' and <= '~')
            // Who sees other queues is answered otherwise.
            ? new IdempotencyKey(caller.Queues is { } queues ? $"{caller.Id} {string.Join(',', queues.Order(StringComparer.Ordinal))}" : caller.Id, key)
            : throw Refusal.Invalid(IdempotencyHeaders.Key, $"must stand once, as 1 to {IdempotencyHeaders.MostCharacters} visible ASCII characters without blanks");
    }

    /// <summary>Of a form on a page for people, each copy of which has a key of its own.</summary>
    public static IdempotencyKey OfForm(string page, string key) => new($"page:{page}", key);

    /// <summary>What tells one request from another: keyed, so that the database does not let a body be guessed.</summary>
    public byte[] Fingerprint(byte[] request) => HMACSHA256.HashData(secret, request);

    public byte[] Seal(ReadOnlySpan<byte> answer)
    {
        var box = new byte[NonceBytes + TagBytes + answer.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(nonce, answer, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Id);
        return box;
    }

    public byte[] Open(ReadOnlySpan<byte> box)
    {
        var answer = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), answer, Id);
        return answer;
    }
}
