using System.Security.Claims;
using HelpDesk.Web;

namespace HelpDesk.Access;

/// <summary>Who makes a request. Take it as a parameter of the handler.</summary>
/// <param name="Id">As events name the actor: <c>admin</c>, <c>key:&lt;id&gt;</c>, <c>agent:&lt;id&gt;</c> or <c>jwt:&lt;sub&gt;</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="Queues">The queues whose tickets alone the caller sees; null for all tickets.</param>
/// <param name="AgentId">The agent who calls, or for whom the key was made.</param>
/// <param name="IsLead">Whether that agent is a lead, who may look at the jobs' pages whatever her scopes.</param>
public sealed record Caller(string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Queues = null, Guid? AgentId = null, bool IsLead = false)
{
    internal const string Scheme = "Bearer";

    private static readonly AsyncLocal<Caller?> Ambient = new();

    /// <summary>The desk itself, which sees everything: sweeps and jobs.</summary>
    internal static Caller Desk { get; } = new("desk", "The desk", [Access.Scopes.Admin]);

    /// <summary>The queues that the request under way is held to; null for all, and outside of requests.</summary>
    internal static IReadOnlyList<string>? QueuesInSight => Ambient.Value?.Queues;

    /// <summary>Null on a public endpoint called without a key.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    internal static Caller? Of(ClaimsPrincipal user) => (user.Identity as CallerIdentity)?.Caller;

    /// <summary>Holds what the rest of the request reads to what its caller may see.</summary>
    internal static void Enter(HttpContext http) => Ambient.Value = Of(http.User);

    internal bool May(string scope) => IsAdmin || (scope != Access.Scopes.Admin && Scopes.Contains(scope));

    /// <summary>Who sees a part of the desk only is never its admin, whatever the key says.</summary>
    private bool IsAdmin => Queues is null && Scopes.Contains(Access.Scopes.Admin);

    /// <summary>Whether tickets of this queue are the caller's to see. A ticket without a queue is seen by those who see all.</summary>
    internal bool Sees(string? queue) => Queues is null || (queue is not null && Queues.Contains(queue));

    /// <summary>403 where the caller would put a ticket out of its own sight.</summary>
    internal void MustSee(string? queue)
    {
        if (Sees(queue)) return;
        throw new Refusal(
            StatusCodes.Status403Forbidden, "queue-forbidden", "Not a queue of the caller's",
            $"A ticket of this caller must lie in one of its queues: {string.Join(", ", Queues!)}.");
    }

    /// <summary>403 for what concerns tickets of whatever queue, where the caller sees some only.</summary>
    internal void MustSeeAll()
    {
        if (Queues is null) return;
        throw new Refusal(
            StatusCodes.Status403Forbidden, "queue-forbidden", "Not for callers who are held to queues", "This concerns tickets in every queue, and the caller sees those of some only.");
    }

    internal ClaimsPrincipal ToPrincipal() => new(new CallerIdentity(this));

    private sealed class CallerIdentity(Caller caller) : ClaimsIdentity(Scheme)
    {
        public Caller Caller => caller;

        public override string Name => caller.Name;
    }
}
