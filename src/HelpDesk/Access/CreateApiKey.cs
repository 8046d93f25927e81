using System.ComponentModel.DataAnnotations;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Access;

internal static class CreateApiKey
{
    /// <summary>A key to be made.</summary>
    /// <param name="Name">What the key is for.</param>
    /// <param name="Scopes">What it may do: see the scopes at the top of this document. Example: ["tickets:read","tickets:write"].</param>
    /// <param name="ExpiresAt">From then on, by the machine's clock, it is no longer good; never, if left out.</param>
    /// <param name="Queues">The queues whose tickets alone it sees, counts and writes; all tickets, if left out. Not together with the scope admin.</param>
    /// <param name="AgentId">The agent it is for: what is done with it she does, in her queues alone if she is held to them, and only while she is active.</param>
    [Example("""{ "name": "CRM integration", "scopes": ["tickets:read", "tickets:write"], "expiresAt": "2036-01-01T00:00:00Z", "queues": ["billing"] }""")]
    public sealed record Request(
        [property: StringLength(200, MinimumLength = 1)] string Name,
        [property: MinLength(1)] IReadOnlyList<string> Scopes,
        Instant? ExpiresAt = null,
        [property: MinLength(1), MaxLength(100)] IReadOnlyList<string>? Queues = null,
        Guid? AgentId = null);

    /// <summary>A key that was made.</summary>
    /// <param name="Id">Names the key from now on.</param>
    /// <param name="Name">What the key is for.</param>
    /// <param name="Scopes">What it may do: see the scopes at the top of this document. Example: ["tickets:read","tickets:write"].</param>
    /// <param name="ExpiresAt">When it stops being good; null if never.</param>
    /// <param name="Queues">The queues whose tickets alone it sees; null for all tickets.</param>
    /// <param name="AgentId">The agent it is for.</param>
    /// <param name="CreatedAt">When it was made.</param>
    /// <param name="Key">The key itself. Shown this once and kept by nobody else.</param>
    public sealed record Response(
        string Id, string Name, IReadOnlyList<string> Scopes, Instant? ExpiresAt, IReadOnlyList<string>? Queues, Guid? AgentId,
        Instant CreatedAt, string Key);

    /// <summary>Make an API key</summary>
    /// <remarks>The answer is the only place where the key is ever shown: the desk keeps a hash of it.</remarks>
    public static async Task<Created<Response>> Handle(
        Request request, HttpContext http, HelpDeskDb db, AgentBook agents, TimeProvider machine, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        var fields = new ApiKeyFields(request.Name, request.Scopes, request.ExpiresAt, request.Queues);
        fields.Check(now);
        if (request.AgentId is { } agent) await CheckAgent(agent, fields, agents, cancel);
        var id = ApiKeySecret.MakeId();
        var (shown, hash) = ApiKeySecret.Make(id);
        var key = new ApiKey(id, fields, request.AgentId, hash, now);
        db.Add(key);
        db.Add(Event.Of(
            "api_key.created", await clock.Now(cancel), caller.Id, http.TraceIdentifier,
            new { keyId = id, key.AgentId, changes = MemberChanges.Between(null, key.Fields) }));
        await db.SaveChangesAsync(cancel);
        http.SetETag(key.RowVersion);
        return TypedResults.Created($"/v1/api-keys/{id}", new Response(id, key.Name, key.Scopes, key.ExpiresAt, key.Queues, key.AgentId, now, shown));
    }

    private static async Task CheckAgent(Guid id, ApiKeyFields fields, AgentBook agents, CancellationToken cancel)
    {
        if (await agents.Find(id.ToString(), cancel) is not { IsActive: true } agent) throw Refusal.Impossible("no-such-agent", $"There is no active agent {id}.");
        if (agent.Queues is not null && fields.Scopes.Contains(Scopes.Admin)) throw Refusal.Invalid("agentId", "names an agent who is held to queues: she cannot have the scope admin");
    }
}
