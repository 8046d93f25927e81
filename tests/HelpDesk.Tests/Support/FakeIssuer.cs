using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Support;

/// <summary>An OpenID Connect issuer on loopback: serves its document and key set, signs tokens, and signs people in by the code flow.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "helpdesk";

    public const string Client = "helpdesk-ops";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly WebApplication app;
    private List<SecurityKey> published = [];

    private FakeIssuer(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>How often its key set was asked for.</summary>
    public int Asked { get; private set; }

    public bool IsAway { get; set; }

    /// <summary>What the token endpoint answers in place of tokens; null: as it should.</summary>
    public int? TokensFail { get; set; }

    /// <summary>The secret that its client has; null: none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How a client says its secret; null: nothing is told about it.</summary>
    public string? SecretBy { get; set; }

    /// <summary>Whether its document names where people sign in.</summary>
    public bool HasSignIn { get; set; } = true;

    private readonly ConcurrentDictionary<string, Given> codes = new();

    /// <summary>
    /// Somebody signs in there: what a browser comes back with. As the standard has it, the code is bound to the client, the address, the challenge, and to the nonce
    /// in the token.
    /// </summary>
    /// <param name="sentTo">Where the desk has sent the browser.</param>
    /// <param name="identity">Makes the token of identity: given the nonce.</param>
    /// <param name="access">The other token.</param>
    public (Uri Callback, string Code) SignIn(Uri sentTo, Func<string, string> identity, string access = "opaque")
    {
        var asked = QueryHelpers.ParseQuery(sentTo.Query);
        Assert.That(sentTo.GetLeftPart(UriPartial.Path), Is.EqualTo($"{Address}/authorize"));
        Assert.That((asked["response_type"].ToString(), asked["code_challenge_method"].ToString(), asked["client_id"].ToString()), Is.EqualTo(("code", "S256", Client)));
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(24));
        codes[code] = new(asked["redirect_uri"]!, asked["code_challenge"]!, identity(asked["nonce"]!), access);
        return (new(QueryHelpers.AddQueryString(asked["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] })), code);
    }

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.Run(issuer.Answer);
        await issuer.app.StartAsync();
        issuer.Address = issuer.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return issuer;
    }

    public static RsaSecurityKey Rsa(string? id) => new(RSA.Create(2048)) { KeyId = id };

    public static ECDsaSecurityKey Ecdsa(string id) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };

    public void Publish(params SecurityKey[] keys) => published = [.. keys];

    /// <param name="key">None: not signed at all.</param>
    /// <param name="algorithm">As JOSE calls it.</param>
    /// <param name="now">When it is made; good for an hour.</param>
    /// <param name="with">Claims that differ from the usual; null leaves one out.</param>
    public string Sign(SecurityKey? key, string algorithm, Instant now, params (string Claim, object? Value)[] with)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Address, ["aud"] = Audience, ["sub"] = "ada", ["scope"] = "tickets:read",
            ["nbf"] = now.ToUnixTimeSeconds(), ["exp"] = (now + Duration.FromHours(1)).ToUnixTimeSeconds(),
        };
        foreach (var (claim, value) in with) claims[claim] = value;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims.Where(claim => claim.Value is not null).ToDictionary(claim => claim.Key, claim => claim.Value!),
            SigningCredentials = key is null ? null : new(key, algorithm),
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        if (IsAway)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }
        if (http.Request.Path == "/.well-known/openid-configuration")
        {
            var about = new JsonObject { ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys" };
            if (HasSignIn) (about["authorization_endpoint"], about["token_endpoint"]) = ($"{Address}/authorize", $"{Address}/token");
            if (SecretBy is not null) about["token_endpoint_auth_methods_supported"] = new JsonArray(SecretBy);
            await http.Response.WriteAsJsonAsync(about);
            return;
        }
        if (http.Request.Path == "/token")
        {
            await Trade(http);
            return;
        }
        Asked++;
        var keys = new JsonArray();
        foreach (var key in published) keys.Add(Public(key));
        await http.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = keys });
    }

    /// <summary>Tokens for a code: once, to whom it was given, against its proof.</summary>
    private async Task Trade(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var basic = http.Request.Headers.Authorization.ToString();
        var secret = SecretBy == "client_secret_post" ? form["client_secret"].ToString() : basic.Length == 0 ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(basic["Basic ".Length..])).Split(':')[1];
        var isKnown = codes.TryRemove(form["code"].ToString(), out var given);
        var isGood = isKnown && form["grant_type"] == "authorization_code" && form["client_id"] == Client && form["redirect_uri"] == given!.Callback && secret == (ClientSecret ?? "")
            && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == given.Challenge;
        http.Response.StatusCode = TokensFail ?? (isGood ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        await http.Response.WriteAsJsonAsync(isGood && TokensFail is null
            ? new JsonObject { ["id_token"] = given!.Identity, ["access_token"] = given.Access, ["token_type"] = "Bearer", ["expires_in"] = 3600 }
            : new JsonObject { ["error"] = "invalid_grant" });
    }

    private sealed record Given(string Callback, string Challenge, string Identity, string Access);

    private static JsonObject Public(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa => new()
        {
            ["kty"] = "RSA", ["kid"] = rsa.KeyId, ["use"] = "sig",
            ["n"] = Base64UrlEncoder.Encode(rsa.Rsa.ExportParameters(false).Modulus), ["e"] = Base64UrlEncoder.Encode(rsa.Rsa.ExportParameters(false).Exponent),
        },
        ECDsaSecurityKey ecdsa => new()
        {
            ["kty"] = "EC", ["kid"] = ecdsa.KeyId, ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(ecdsa.ECDsa.ExportParameters(false).Q.X), ["y"] = Base64UrlEncoder.Encode(ecdsa.ECDsa.ExportParameters(false).Q.Y),
        },
        SymmetricSecurityKey secret => new() { ["kty"] = "oct", ["kid"] = secret.KeyId, ["k"] = Base64UrlEncoder.Encode(secret.Key) },
        _ => throw new ArgumentException("No such key here.", nameof(key)),
    };
}
