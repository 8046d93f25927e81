using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Support;

/// <summary>An OpenID Connect issuer on loopback: serves its document and key set, and signs tokens.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "helpdesk";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly WebApplication app;
    private List<SecurityKey> published = [];

    private FakeIssuer(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>How often its key set was asked for.</summary>
    public int Asked { get; private set; }

    public bool IsAway { get; set; }

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
            await http.Response.WriteAsJsonAsync(new { issuer = Address, jwks_uri = $"{Address}/keys" });
            return;
        }
        Asked++;
        var keys = new JsonArray();
        foreach (var key in published) keys.Add(Public(key));
        await http.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = keys });
    }

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
