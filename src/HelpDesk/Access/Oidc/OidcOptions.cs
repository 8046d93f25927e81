using HelpDesk.Web;

namespace HelpDesk.Access.Oidc;

/// <summary><c>Access:Oidc:*</c>: the issuer whose tokens are taken beside keys. None unless <c>Access:Oidc:Authority</c> is set.</summary>
/// <param name="Authority">The issuer's address; its document lies under <c>/.well-known/openid-configuration</c>.</param>
/// <param name="Audiences">The desk's names at the issuer: a token must be made for one of them.</param>
/// <param name="ScopeClaims">Where scopes stand in a token; a dot leads into an object (<c>realm_access.roles</c>).</param>
/// <param name="ScopeMap">What each claim value allows; null: values that are scopes of the desk allow themselves.</param>
/// <param name="ClockSkew">How far the issuer's clock may be off.</param>
/// <param name="AgentClaim">The claim that is an agent's e-mail address or id.</param>
/// <param name="AgentsOnly">Whether tokens that name no agent are refused.</param>
/// <param name="RequireHttps">Whether the issuer must be asked over https; loopback need not.</param>
/// <param name="SignIn">The desk as a client of the issuer; null: people sign in to its pages with keys alone.</param>
internal sealed record OidcOptions(
    Uri Authority, IReadOnlyList<string> Audiences, IReadOnlyList<string> ScopeClaims, IReadOnlyDictionary<string, string[]>? ScopeMap, Duration ClockSkew,
    string AgentClaim, bool AgentsOnly, bool RequireHttps, SignInClient? SignIn = null)
{
    private const string Section = "Access:Oidc";
    private static readonly string[] Known = ["Authority", "Audience", "ScopeClaims", "ScopeMap", "ClockSkew", "AgentClaim", "AgentsOnly", "RequireHttpsMetadata", "ClientId", "ClientSecret", "SignInScopes"];

    /// <summary>Null where no issuer is set.</summary>
    public static OidcOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Bad(unknown.Key, $"is not known: use {string.Join(", ", Known)}");
        }
        if (section["Authority"] is not { Length: > 0 } authority)
        {
            return section.GetChildren().FirstOrDefault(child => child.Value is { Length: > 0 }) is { } alone ? throw Bad(alone.Key, "needs Access:Oidc:Authority beside it") : null;
        }
        var requireHttps = Flag(section, "RequireHttpsMetadata", true);
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !MayAsk(address, requireHttps))
        {
            throw Bad("Authority", $"must be an https address (http only on loopback, or where RequireHttpsMetadata is false), but is '{authority}'");
        }
        var audiences = Words(List(section, "Audience"));
        if (audiences.Length == 0) throw Bad("Audience", "is required beside Authority: without it, tokens made for others would be taken");
        var skew = section["ClockSkew"] ?? "PT1M";
        if (!IsoDuration.TryParse(skew, out var off) || off < Duration.Zero || off > Duration.FromMinutes(10)) throw Bad("ClockSkew", $"must be an ISO 8601 duration from PT0S to PT10M, but is '{skew}'");
        return new(
            address, audiences, Words(List(section, "ScopeClaims") ?? "scope,roles"), Map(section["ScopeMap"]), off, section["AgentClaim"] ?? "email",
            Flag(section, "AgentsOnly", false), requireHttps, Client(section));
    }

    private static SignInClient? Client(IConfigurationSection section)
    {
        var (id, secret) = (section["ClientId"], section["ClientSecret"]);
        if (id is not { Length: > 0 })
        {
            return Array.Find(["ClientSecret", "SignInScopes"], key => section[key] is { Length: > 0 }) is { } alone ? throw Bad(alone, "needs Access:Oidc:ClientId beside it") : null;
        }
        if (id.Length > 200 || !id.All(IsVisible)) throw Bad("ClientId", "must be 1 to 200 visible ASCII characters without blanks");
        // It is said what is wrong with a secret, never what it is.
        if (secret is { Length: > 0 } && (secret.Length > 1000 || !secret.All(IsVisible))) throw Bad("ClientSecret", "must be at most 1000 visible ASCII characters without blanks");
        var scopes = Words(section["SignInScopes"] ?? "openid profile email");
        if (!scopes.Contains("openid") || !scopes.All(scope => scope.All(IsVisible))) throw Bad("SignInScopes", "must be words of visible ASCII characters, and openid one of them");
        return new(id, secret is { Length: > 0 } ? secret : null, string.Join(' ', scopes));
    }

    private static bool IsVisible(char letter) => letter is > ' ' and <= '~';

    public static bool MayAsk(Uri address, bool requireHttps) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (!requireHttps || address.IsLoopback));

    /// <summary><c>helpdesk-agent = tickets:read tickets:write; helpdesk-admin = admin</c></summary>
    private static Dictionary<string, string[]>? Map(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var map = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The last one parts them: a claim value may hold others.
            var middle = entry.LastIndexOf('=');
            var scopes = Words(entry[(middle + 1)..]);
            if (middle < 1 || scopes.Length == 0) throw Bad("ScopeMap", $"must read like 'claim value = scope scope; other value = scope', but has '{entry}'");
            if (scopes.FirstOrDefault(scope => !Scopes.All.Contains(scope)) is { } none) throw Bad("ScopeMap", $"names the scope '{none}', which there is not: use {string.Join(", ", Scopes.All)}");
            if (!map.TryAdd(entry[..middle].Trim(), scopes)) throw Bad("ScopeMap", $"names '{entry[..middle].Trim()}' twice");
        }
        return map;
    }

    /// <summary>One text, or the entries of a list.</summary>
    private static string? List(IConfigurationSection section, string key) =>
        section.GetSection(key).GetChildren().Select(child => child.Value).ToList() is { Count: > 0 } values ? string.Join(' ', values) : section[key];

    private static string[] Words(string? text) => (text ?? "").Split([' ', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Flag(IConfigurationSection section, string key, bool otherwise) =>
        section[key] is not { Length: > 0 } text ? otherwise : bool.TryParse(text, out var flag) ? flag : throw Bad(key, $"must be true or false, but is '{text}'");

    private static WrongConfiguration Bad(string key, string rule) => new($"{Section}:{key} {rule}.");
}
