using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Queues;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Agents;

internal static class CreateAgent
{
    /// <summary>Make an agent</summary>
    /// <remarks>
    /// Refused (409, agent-exists) where another agent has the address, and (422, no-such-queue) for a queue that is not registered where
    /// Tickets:KnownQueuesOnly is set.
    /// </remarks>
    public static async Task<Created<AgentResponse>> Handle(
        AgentDefinition request, HttpContext http, HelpDeskDb db, KnownQueues queues, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = AgentRules.Read(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await AgentRules.CheckQueues(db, queues, null, definition, cancel);
        var agent = new Agent(definition, now);
        db.Add(agent);
        db.Add(Event.Of("agent.created", now, caller.Id, http.TraceIdentifier, new { agentId = agent.Id, changes = MemberChanges.Between(null, definition) }));
        await AgentRules.Save(db, agent, cancel);
        await transaction.CommitAsync(cancel);
        http.SetETag(agent.RowVersion);
        return TypedResults.Created($"/v1/agents/{agent.Id}", AgentResponse.Of(agent));
    }
}
