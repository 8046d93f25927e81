using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HelpDesk.Access.Oidc;

/// <summary>Whom a verified token names, and what its claims allow.</summary>
internal static class TokenCaller
{
    private const int LongestSubject = 200;

    public static Recognition Of(JsonWebToken token, OidcOptions options)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        var subject = Words(claims.RootElement, "sub", split: false).FirstOrDefault();
        if (subject is not { Length: > 0 and <= LongestSubject } || subject.Any(char.IsControl)) return new(null, "The token names nobody: it has no sub of 1 to 200 characters.", IsGuess: false);
        var name = Words(claims.RootElement, "name", split: false).FirstOrDefault() ?? subject;
        return new(new Caller($"jwt:{subject}", name, Scopes(claims.RootElement, options)), Agent: Agent(claims.RootElement, options), Until: Instant.FromDateTimeUtc(token.ValidTo));
    }

    /// <summary>An address that the issuer says it has not verified is nobody's. Some issuers say so in a text.</summary>
    private static string? Agent(JsonElement claims, OidcOptions options) =>
        options.AgentClaim == "email" && Find(claims, "email_verified") is { } verified && !(bool.TryParse(verified.ToString(), out var isVerified) && isVerified) ? null
        : Words(claims, options.AgentClaim, split: false).FirstOrDefault();

    private static List<string> Scopes(JsonElement claims, OidcOptions options) =>
    [
        .. options.ScopeClaims.SelectMany(claim => Words(claims, claim, split: true))
            .SelectMany(value => options.ScopeMap is not { } map ? [value] : map.GetValueOrDefault(value, []))
            .Where(Access.Scopes.All.Contains)
            .Distinct(),
    ];

    /// <summary>The texts of a claim: one, several with blanks between them, or a list. A claim whose name has dots is looked for whole first, then as a path.</summary>
    private static IEnumerable<string> Words(JsonElement claims, string name, bool split) => Find(claims, name) switch
    {
        { ValueKind: JsonValueKind.String } text => split ? text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToList(),
        _ => [],
    };

    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object) return null;
        if (claims.TryGetProperty(name, out var whole)) return whole;
        return name.IndexOf('.') is > 0 and var dot && claims.TryGetProperty(name[..dot], out var part) ? Find(part, name[(dot + 1)..]) : null;
    }
}
