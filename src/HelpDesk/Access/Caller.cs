using System.Security.Claims;

namespace HelpDesk.Access;

/// <summary>Who makes a request. Take it as a parameter of the handler.</summary>
/// <param name="Id">As events name the actor: <c>admin</c> or <c>key:&lt;id&gt;</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What the caller may do.</param>
public sealed record Caller(string Id, string Name, IReadOnlyList<string> Scopes)
{
    internal const string Scheme = "Bearer";
    private const string IdClaim = "sub";
    private const string NameClaim = "name";
    private const string ScopeClaim = "scope";

    /// <summary>Null on a public endpoint called without a key.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    internal static Caller? Of(ClaimsPrincipal user) =>
        user.FindFirstValue(IdClaim) is { } id
            ? new(id, user.FindFirstValue(NameClaim) ?? id, [.. user.FindAll(ScopeClaim).Select(claim => claim.Value)])
            : null;

    internal bool May(string scope) => Scopes.Contains(scope) || Scopes.Contains(Access.Scopes.Admin);

    internal ClaimsPrincipal ToPrincipal() =>
        new(new ClaimsIdentity([new(IdClaim, Id), new(NameClaim, Name), .. Scopes.Select(scope => new Claim(ScopeClaim, scope))], Scheme, NameClaim, null));
}
