using System.Text.Json.Serialization;
using HelpDesk.Time;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Access.Oidc;

/// <summary>What the issuer says of itself: its name, and the keys that it signs with.</summary>
/// <param name="SignIn">Where people sign in; null where it does not say so, or names addresses that may not be asked.</param>
internal sealed record IssuerDocument(string Issuer, IReadOnlyList<JsonWebKey> Keys, Instant ReadAt, SignInAddresses? SignIn);

/// <param name="People">Where a browser is sent.</param>
/// <param name="Tokens">Where the desk trades a code for tokens.</param>
/// <param name="TakesBasic">Whether a client says its secret in the header, as the standard has it, or else in the form.</param>
internal sealed record SignInAddresses(Uri People, Uri Tokens, bool TakesBasic);

/// <summary>There is no telling good tokens from bad ones: the issuer was never reached, or not for too long.</summary>
internal sealed class IssuerAwayException() : Exception("The issuer of tokens cannot be reached, so that tokens cannot be verified at the moment.");

/// <summary>
/// The issuer's keys, kept in memory. Asked for anew now and then, and when a token names a key that is not known: not more often than every
/// <see cref="Pause"/>, by one request at a time. While the issuer is away those it had stay good for <see cref="Trusted"/>.
/// </summary>
internal sealed partial class IssuerKeys(OidcOptions options, HttpClient http, TimeProvider machine, ILogger<IssuerKeys> log)
{
    public static readonly Duration Pause = Duration.FromSeconds(10);
    public static readonly Duration Fresh = Duration.FromHours(1);
    public static readonly Duration Trusted = Duration.FromDays(1);

    private readonly Lock gate = new();
    private IssuerDocument? known;
    private Instant askedAt = Instant.MinValue;
    private Task asking = Task.CompletedTask;

    public async Task<IssuerDocument> Get(string? keyId, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        var document = known;
        var serves = document is not null && now - document.ReadAt < Trusted && (keyId is null || document.Keys.Any(key => key.KeyId == keyId));
        if (!serves) await Ask(now).WaitAsync(cancel);
        // Nobody waits for what is only growing old.
        else if (now - document!.ReadAt >= Fresh) _ = Ask(now);
        document = known;
        return document is not null && now - document.ReadAt < Trusted ? document : throw new IssuerAwayException();
    }

    /// <summary>Asks, joins who is asking, or does nothing where the last time was a moment ago.</summary>
    private Task Ask(Instant now)
    {
        lock (gate)
        {
            if (!asking.IsCompleted || (now - askedAt is var since && since >= Duration.Zero && since < Pause)) return asking;
            askedAt = now;
            return asking = Task.Run(() => Read(now));
        }
    }

    private async Task Read(Instant now)
    {
        try
        {
            var about = await http.GetFromJsonAsync<About>($"{options.Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration")
                ?? throw new HttpRequestException("Its document is empty.");
            if (about.Issuer?.TrimEnd('/') != options.Authority.OriginalString.TrimEnd('/')) throw new HttpRequestException($"It calls itself {about.Issuer}.");
            if (!Uri.TryCreate(about.Keys, UriKind.Absolute, out var address) || !OidcOptions.MayAsk(address, options.RequireHttps))
            {
                throw new HttpRequestException("Its jwks_uri is not an address that may be asked.");
            }
            var keys = new JsonWebKeySet(await http.GetStringAsync(address)).Keys.Where(IsForSignatures).ToList();
            if (keys.Count == 0) throw new HttpRequestException("Its key set has no key for signatures.");
            known = new(about.Issuer!, keys, now, SignIn(about));
        }
        catch (Exception error)
        {
            LogAway(log, options.Authority, error.GetBaseException().Message);
        }
    }

    private SignInAddresses? SignIn(About about) =>
        Uri.TryCreate(about.People, UriKind.Absolute, out var people) && OidcOptions.MayAsk(people, options.RequireHttps)
        && Uri.TryCreate(about.Tokens, UriKind.Absolute, out var tokens) && OidcOptions.MayAsk(tokens, options.RequireHttps)
            ? new(people, tokens, about.Ways?.Contains("client_secret_basic") != false)
            : null;

    /// <summary>Never a symmetric one: what verifies must not be able to sign.</summary>
    private static bool IsForSignatures(JsonWebKey key) =>
        key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Use is null or "" or JsonWebKeyUseNames.Sig;

    private sealed record About(
        [property: JsonPropertyName("issuer")] string? Issuer, [property: JsonPropertyName("jwks_uri")] string? Keys,
        [property: JsonPropertyName("authorization_endpoint")] string? People, [property: JsonPropertyName("token_endpoint")] string? Tokens,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] string[]? Ways);

    [LoggerMessage(1203, LogLevel.Warning, "The issuer of tokens {Authority} did not give its keys: {Reason}")]
    private static partial void LogAway(ILogger log, Uri authority, string reason);
}
