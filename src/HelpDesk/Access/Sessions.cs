using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Time;

namespace HelpDesk.Access;

/// <summary>
/// Sessions of people who signed in with a key: the key's id, the end and a signature by the desk's key over these and the hash of the secret. Nothing is stored, so any
/// server takes them, and whoever has one cannot find out the key. One ends with its key: revoked, expired, or its secret rotated away. In place of a key's id one has the person who
/// signed in at the issuer, and in place of the secret what the issuer and the client are called. <see cref="EndedSessions"/> has those that were signed out of.
/// </summary>
internal sealed class Sessions(DeskKey desk, AdminKey admin, TimeProvider machine)
{
    public static readonly Duration Length = Duration.FromHours(8);

    /// <summary>So far may the clock of the server that began one be ahead.</summary>
    private static readonly Duration Allowance = Duration.FromMinutes(5);

    private const int SaltBytes = 8;
    private const int ProofBytes = SaltBytes + HMACSHA256.HashSizeInBytes;
    private readonly byte[] sessionKey = desk.For("session");
    private readonly byte[] formKey = desk.For("session-form");

    /// <param name="key">One that was just found to be good.</param>
    public Session? Begin(string key)
    {
        var (id, hash) = admin.Is(key) ? (AdminKey.Caller.Id, ApiKeySecret.Hash(key)) : ApiKeySecret.TryRead(key, out var named, out var secret) ? (named, secret) : ("", []);
        return Begin(id, hash, Latest);
    }

    /// <param name="print">Of the issuer and the client.</param>
    /// <param name="until">When the person's token ends: no session is longer.</param>
    /// <returns>Null where that is past.</returns>
    public Session? Begin(TokenPerson person, byte[] print, Instant until) => Begin(person.ToText(), print, Math.Min(Latest, until.ToUnixTimeMilliseconds()));

    private Session? Begin(string id, byte[] hash, long end)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{id}.{end}");
        // Two sessions of one instant are two: one can be signed out of alone.
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Read($"{content}.{Base64Url.EncodeToString([.. salt, .. Proof(content, salt, hash)])}");
    }

    /// <summary>Null for what is no session, or is over. Whether it is genuine its key tells.</summary>
    public Session? Read(string? text)
    {
        if (text?.Split('.') is not [var id, var end, var proof]) return null;
        var person = TokenPerson.Read(id);
        if (person is null && id.Length is 0 or > 16) return null;
        if (!long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > Latest + Allowance.TotalMilliseconds) return null;
        if (proof.Length != Base64Url.GetEncodedLength(ProofBytes) || !Base64Url.IsValid(proof)) return null;
        var expiresAt = Instant.FromUnixTimeMilliseconds(milliseconds);
        if (expiresAt <= machine.GetCurrentInstant()) return null;
        var shown = Base64Url.DecodeFromChars(proof);
        // There is one text of a session, or one that was ended would live on in another.
        if (Base64Url.EncodeToString(shown) != proof) return null;
        return new(id, expiresAt, text, hash => CryptographicOperations.FixedTimeEquals(shown.AsSpan(SaltBytes), Proof($"{id}.{end}", shown[..SaltBytes], hash)), person);
    }

    /// <summary>What a form of the session carries: another page can neither read nor make it.</summary>
    public string FormToken(Session session) => Base64Url.EncodeToString(HMACSHA256.HashData(formKey, Encoding.UTF8.GetBytes(session.Text)));

    public bool IsFormOf(Session session, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(FormToken(session)));

    private long Latest => (machine.GetCurrentInstant() + Length).ToUnixTimeMilliseconds();

    private byte[] Proof(string content, byte[] salt, byte[] hash) => HMACSHA256.HashData(sessionKey, (byte[])[.. Encoding.UTF8.GetBytes(content), (byte)'.', .. salt, .. hash]);
}
