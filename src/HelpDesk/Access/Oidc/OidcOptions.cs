namespace HelpDesk.Access.Oidc;

/// <summary>The issuer whose tokens are taken beside keys (<see cref="OidcKeys"/>). None unless its address is set.</summary>
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
    /// <summary>Null where no issuer is set.</summary>
    public static OidcOptions? Read(IConfiguration configuration)
    {
        OidcKeys.Check(configuration);
        if (OidcKeys.Authority.Read(configuration) is not { } authority)
        {
            return OidcKeys.FirstOf(configuration) is { } alone ? throw alone.Wrong($"needs {OidcKeys.Authority.Key} beside it") : null;
        }
        var requireHttps = OidcKeys.RequireHttps.Read(configuration);
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !MayAsk(address, requireHttps)) throw OidcKeys.Authority.Refuse(authority);
        var audiences = OidcKeys.Audience.Read(configuration);
        if (audiences.Length == 0) throw OidcKeys.Audience.Wrong("is required beside Authority: without it, tokens made for others would be taken");
        return new(
            address, audiences, OidcKeys.ScopeClaims.Read(configuration), Map(OidcKeys.ScopeMap.Read(configuration)), OidcKeys.ClockSkew.Read(configuration), OidcKeys.AgentClaim.Read(configuration)!,
            OidcKeys.AgentsOnly.Read(configuration), requireHttps, Client(configuration));
    }

    private static SignInClient? Client(IConfiguration configuration)
    {
        var secret = OidcKeys.ClientSecret.Read(configuration);
        if (OidcKeys.ClientId.Read(configuration) is not { } id)
        {
            return secret is not null ? throw OidcKeys.ClientSecret.Wrong($"needs {OidcKeys.ClientId.Key} beside it")
                : OidcKeys.SignInScopes.Given(configuration) is not null ? throw OidcKeys.SignInScopes.Wrong($"needs {OidcKeys.ClientId.Key} beside it") : null;
        }
        if (id.Length > OidcKeys.LongestId || !id.All(IsVisible)) throw OidcKeys.ClientId.Refuse(id);
        // It is said what is wrong with a secret, never what it is.
        if (secret is not null && (secret.Length > OidcKeys.LongestSecret || !secret.All(IsVisible))) throw OidcKeys.ClientSecret.Wrong($"must be {OidcKeys.ClientSecret.Values}");
        var scopes = OidcKeys.SignInScopes.Read(configuration);
        if (!scopes.Contains("openid") || !scopes.All(scope => scope.All(IsVisible))) throw OidcKeys.SignInScopes.Refuse(string.Join(' ', scopes));
        return new(id, secret, string.Join(' ', scopes));
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
            if (middle < 1 || scopes.Length == 0) throw OidcKeys.ScopeMap.Refuse(entry);
            if (scopes.FirstOrDefault(scope => !Scopes.All.Contains(scope)) is { } none) throw OidcKeys.ScopeMap.Wrong($"names the scope '{none}', which there is not: use {string.Join(", ", Scopes.All)}");
            if (!map.TryAdd(entry[..middle].Trim(), scopes)) throw OidcKeys.ScopeMap.Wrong($"names '{entry[..middle].Trim()}' twice");
        }
        return map;
    }

    private static string[] Words(string text) => text.Split([' ', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
