using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Time;

namespace HelpDesk.Access.Oidc;

/// <summary>
/// A browser on its way to the issuer and back. It holds a random seed with an end and a signature; what goes to the issuer is derived from the seed with the desk's key, so
/// that any server can tell the way back, nothing is stored, and whoever has the cookie cannot find out the proof of its code.
/// </summary>
/// <param name="Text">As the browser has it.</param>
/// <param name="State">Comes back with the browser: a way back that it did not set out on has another.</param>
/// <param name="Nonce">Comes back in the token.</param>
/// <param name="Verifier">The proof of the code (PKCE): the issuer was told its hash.</param>
/// <param name="Language">What the reader had asked for; null where she had not.</param>
internal sealed record SignInAttempt(string Text, Instant ExpiresAt, string State, string Nonce, string Verifier, string? Language)
{
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public bool HasState(string? state) => state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));
}

internal sealed class SignInAttempts(DeskKey desk, TimeProvider machine)
{
    public static readonly Duration Length = Duration.FromMinutes(10);

    private const int SeedBytes = 32;
    private readonly byte[] key = desk.For("sign-in");

    /// <param name="language">A tag, or null.</param>
    public SignInAttempt Begin(string? language)
    {
        var end = (machine.GetCurrentInstant() + Length).ToUnixTimeMilliseconds();
        var content = string.Create(CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SeedBytes))}.{end}.{language}");
        return Read($"{content}.{Derived("proof", content)}")!;
    }

    /// <summary>Null for what is none, or is over.</summary>
    public SignInAttempt? Read(string? text)
    {
        if (text?.Split('.') is not [var seed, var end, var language, var proof]) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Derived("proof", $"{seed}.{end}.{language}")))) return null;
        var expiresAt = Instant.FromUnixTimeMilliseconds(long.Parse(end, CultureInfo.InvariantCulture));
        if (expiresAt <= machine.GetCurrentInstant()) return null;
        return new(text, expiresAt, Derived("state", seed), Derived("nonce", seed), Derived("verifier", seed), language.Length > 0 ? language : null);
    }

    private string Derived(string purpose, string of) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}.{of}")));
}
