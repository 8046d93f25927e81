using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Agents;

internal static class DeleteAgent
{
    /// <summary>Delete an agent</summary>
    /// <remarks>For one made by mistake: refused (409, agent-in-use) while a ticket is assigned to the agent, a queue is led by it, or the ladder of a policy names it. Deactivate one who has left.</remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("agents", id, cancel);
        var agent = await ReadAgent.Find(db, id, cancel);
        http.RequireMatch(agent.RowVersion);
        if (await IsUsed(db, id, cancel)) throw Refusal.Conflict("agent-in-use", "A ticket is assigned to this agent, a queue is led by it, or the ladder of a policy names it. Deactivate the agent instead.");
        db.Remove(agent);
        db.Add(Event.Of("agent.deleted", now, caller.Id, http.TraceIdentifier, new { agentId = id, changes = MemberChanges.Between(agent.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    private static Task<bool> IsUsed(HelpDeskDb db, Guid id, CancellationToken cancel) => db.Database
        .SqlQuery<bool>($"""
            select exists (select from tickets where assignee = {id.ToString()}) or exists (select from queues where {id} = any (lead_ids))
                or exists (
                    select from policies p join policy_versions v on v.policy_id = p.id and v.version = p.version
                    where p.deleted_at is null and v.definition @? format('$.terms.**.ladder[*] ? (@.to == "%s")', {id})::jsonpath) as "Value"
            """)
        .SingleAsync(cancel);
}
