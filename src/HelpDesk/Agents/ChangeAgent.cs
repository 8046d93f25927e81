using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Queues;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Agents;

internal static class ChangeAgent
{
    /// <summary>Change an agent</summary>
    /// <remarks>A merge patch. Deactivating an agent leaves the tickets assigned as they are; no more can be given.</remarks>
    public static async Task<Ok<AgentResponse>> Handle(
        Guid id, MergePatch<AgentDefinition> patch, HttpContext http, HelpDeskDb db, KnownQueues queues, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Hold("agents", id, cancel);
        var agent = await ReadAgent.Find(db, id, cancel);
        http.RequireMatch(agent.RowVersion);
        var before = agent.Definition;
        var after = AgentRules.Read(await patch.ApplyTo(before, http));
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            await AgentRules.CheckQueues(db, queues, before.Queues, after, cancel);
            agent.Change(after, now);
            db.Add(Event.Of("agent.updated", now, caller.Id, http.TraceIdentifier, new { agentId = id, changes }));
            await AgentRules.Save(db, agent, cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(agent.RowVersion);
        return TypedResults.Ok(AgentResponse.Of(agent));
    }
}
