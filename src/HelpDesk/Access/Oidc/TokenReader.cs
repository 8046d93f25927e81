using System.Security.Cryptography;
using System.Text;
using HelpDesk.Time;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Access.Oidc;

/// <summary>Whether a JWT is the issuer's, for this desk and good now; and whom it names.</summary>
internal sealed class TokenReader(OidcOptions options, IssuerKeys keys, TimeProvider machine)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Signatures that are verified with a key which cannot sign.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public bool AgentsOnly => options.AgentsOnly;

    /// <summary>Three parts with dots between them. Keys of the desk's own have none.</summary>
    public static bool Looks(string bearer) => bearer.StartsWith("eyJ", StringComparison.Ordinal) && bearer.Count(letter => letter == '.') == 2;

    /// <summary>What sessions of people who signed in at the issuer are held to; null where nobody can.</summary>
    public byte[]? SignInPrint { get; } = options.SignIn?.Print(options.Authority);

    /// <exception cref="IssuerAwayException">The issuer's keys are not at hand.</exception>
    public Task<Recognition> Read(string token, CancellationToken cancel) => Read(token, options.Audiences, _ => null, cancel);

    /// <summary>A token that tells the client who signed in.</summary>
    /// <param name="nonce">What was sent along with the browser: a token made for another sign-in has another.</param>
    /// <exception cref="IssuerAwayException">The issuer's keys are not at hand.</exception>
    public Task<Recognition> ReadIdentity(string token, SignInClient client, string nonce, CancellationToken cancel) => Read(
        token, [client.Id],
        read => !(read.TryGetPayloadValue<string>("nonce", out var told) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told ?? ""), Encoding.UTF8.GetBytes(nonce)))
                ? "The token is of another sign-in: its nonce is not the one that was sent."
            : read.TryGetPayloadValue<string>("azp", out var party) ? party == client.Id ? null : "The token was given to another client."
            : read.Audiences.Skip(1).Any() ? "The token is made for several, and does not say whom it was given to."
            : null,
        cancel);

    /// <param name="amiss">What else is wrong with a token that is genuine and good now.</param>
    private async Task<Recognition> Read(string token, IReadOnlyList<string> audiences, Func<JsonWebToken, string?> amiss, CancellationToken cancel)
    {
        if (!Handler.CanReadToken(token)) return Recognition.Guess("The token is malformed.");
        JsonWebToken read;
        try
        {
            read = Handler.ReadJsonWebToken(token);
        }
        // Base64 and JSON that are neither surface as exceptions of several kinds.
        catch (Exception error) when (error is ArgumentException or SecurityTokenException or FormatException or System.Text.Json.JsonException)
        {
            return Recognition.Guess("The token is malformed.");
        }
        // Nobody needs to be asked about these.
        if (!Algorithms.Contains(read.Alg)) return Recognition.Guess("The token is not signed in a way that is taken here: use RS, PS or ES with 256, 384 or 512.");
        var issuer = await keys.Get(read.Kid is { Length: > 0 } kid ? kid : null, cancel);
        var result = await Handler.ValidateTokenAsync(token, Rules(issuer, audiences, read.Kid));
        if (!result.IsValid) return Refused(result.Exception);
        return amiss(read) is { } reason ? new(null, reason, IsGuess: false) : TokenCaller.Of(read, options);
    }

    private TokenValidationParameters Rules(IssuerDocument issuer, IReadOnlyList<string> audiences, string? kid) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudiences = audiences,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = string.IsNullOrEmpty(kid) ? issuer.Keys : issuer.Keys.Where(key => key.KeyId == kid),
        TryAllIssuerSigningKeys = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, until, _, _) => IsNow(from, until),
    };

    /// <summary>By the machine's clock, with the skew allowed on either side. The end is exclusive.</summary>
    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = machine.GetCurrentInstant().ToDateTimeUtc();
        var skew = options.ClockSkew.ToTimeSpan();
        if (until is null) throw new SecurityTokenNoExpirationException();
        if (from is { } start && now + skew < start) throw new SecurityTokenNotYetValidException();
        return now - skew < until ? true : throw new SecurityTokenExpiredException();
    }

    private static Recognition Refused(Exception error) => error switch
    {
        SecurityTokenExpiredException => new(null, "The token has expired.", IsGuess: false),
        SecurityTokenNotYetValidException => new(null, "The token is not good yet.", IsGuess: false),
        SecurityTokenNoExpirationException => new(null, "The token has no expiry.", IsGuess: false),
        SecurityTokenInvalidAudienceException => new(null, "The token is made for somebody else: its audience is not this desk.", IsGuess: false),
        SecurityTokenInvalidIssuerException => new(null, "The token is another issuer's.", IsGuess: false),
        _ => Recognition.Guess("The token's signature is not the issuer's."),
    };
}
