using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Agents;

internal static class ListAgents
{
    /// <summary>List the agents</summary>
    /// <remarks>Oldest first.</remarks>
    /// <param name="email">Only the agent with this address, in whatever case.</param>
    /// <param name="queue">Only those who work in this queue.</param>
    /// <param name="role">Only those of this role; several with commas.</param>
    /// <param name="active">Only those who are active, or who are not.</param>
    public static async Task<Paged<AgentResponse>> Handle(
        Page page, string? email, string? queue, string? role, bool? active, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<Agent>().AsNoTracking();
        if (email is not null && AgentRules.EmailOf(email) is var address) rows = rows.Where(row => row.Email == address);
        if (queue is not null) rows = rows.Where(row => row.Queues.Contains(queue));
        if (Words<AgentRole>.FromQuery(http.Request, nameof(role)) is { Length: > 0 } roles) rows = rows.Where(row => roles.Contains(row.Role));
        if (active is not null) rows = rows.Where(row => row.Active == active);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(AgentResponse.Of)], agent => agent.Id);
    }
}
