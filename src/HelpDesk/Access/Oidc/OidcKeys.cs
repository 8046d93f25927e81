using HelpDesk.Web;
using HelpDesk.Web.Settings;

namespace HelpDesk.Access.Oidc;

/// <summary>What <see cref="OidcOptions"/> is read from.</summary>
internal static class OidcKeys
{
    public const int LongestId = 200;
    public const int LongestSecret = 1000;
    private const string Section = "Access:Oidc";

    public static readonly Text Authority = new(
        $"{Section}:Authority", "the OpenID Connect issuer whose JWTs are taken beside keys", "an https address (http only on loopback, or where `RequireHttpsMetadata` is `false`)", note: "none");

    public static readonly Listed Audience = new($"{Section}:Audience", "the desk's name at the issuer (`aud`); needed with `Authority`", "words separated by blanks or commas", " ,", note: "none");

    public static readonly Listed ScopeClaims = new(
        $"{Section}:ScopeClaims", "the claims that hold scopes; a dot leads into an object, as in `realm_access.roles`", "words separated by blanks or commas", " ,", "scope,roles");

    public static readonly Text ScopeMap = new(
        $"{Section}:ScopeMap", "what claim values allow, as in `helpdesk-agent = tickets:read tickets:write; helpdesk-admin = admin`; then nothing else allows anything",
        "entries like `claim value = scope scope`, separated by semicolons", note: "values that are scopes");

    public static readonly HowLong ClockSkew = new($"{Section}:ClockSkew", "PT1M", "how far the issuer's clock may be off", "PT0S", "PT10M");

    public static readonly Text AgentClaim = new(
        $"{Section}:AgentClaim", "the claim that is an agent's e-mail address or id; an address that the issuer has not verified (`email_verified`) is nobody's", "the name of a claim", "email");

    public static readonly Switch AgentsOnly = new($"{Section}:AgentsOnly", "`true`: tokens that name no active agent are refused; else they are held to no queue");

    public static readonly Switch RequireHttps = new($"{Section}:RequireHttpsMetadata", "`false`: the issuer may be asked over plain `http` anywhere", true);

    public static readonly Text ClientId = new(
        $"{Section}:ClientId", "the desk as a client of the issuer: people sign in to `/ops` with their accounts there ([how](../README.md#the-operators-view))",
        $"1 to {LongestId} visible ASCII characters without blanks", note: "none: with keys alone");

    public static readonly Secret ClientSecret = new(
        $"{Section}:ClientSecret", "that client's secret, where it has one; it is written nowhere", $"at most {LongestSecret} visible ASCII characters without blanks", "none: a public client");

    public static readonly Listed SignInScopes = new(
        $"{Section}:SignInScopes", "what the issuer is asked to tell of who signs in", "words of visible ASCII characters separated by blanks or commas, and `openid` one of them", " ,", "openid profile email");

    private static readonly Setting[] Known = [Authority, Audience, ScopeClaims, ScopeMap, ClockSkew, AgentClaim, AgentsOnly, RequireHttps, ClientId, ClientSecret, SignInScopes];

    /// <summary>A slip in a name here would leave a door open, or shut.</summary>
    public static void Check(IConfiguration configuration)
    {
        foreach (var unknown in configuration.GetSection(Section).GetChildren().Where(child => Find(child) is null))
        {
            throw new WrongConfiguration($"{unknown.Path} is not known: use {string.Join(", ", Known.Select(key => key.Key[(Section.Length + 1)..]))}.");
        }
    }

    /// <summary>The first that says something; null where none does.</summary>
    public static Setting? FirstOf(IConfiguration configuration) =>
        configuration.GetSection(Section).GetChildren().Where(child => !string.IsNullOrEmpty(child.Value)).Select(Find).FirstOrDefault();

    private static Setting? Find(IConfigurationSection child) => Array.Find(Known, key => key.Key.Equals(child.Path, StringComparison.OrdinalIgnoreCase));
}
