using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Agents;

internal static class ReadAgent
{
    /// <summary>Read an agent</summary>
    public static async Task<Ok<AgentResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var agent = await Find(db, id, cancel);
        http.SetETag(agent.RowVersion);
        return TypedResults.Ok(AgentResponse.Of(agent));
    }

    public static async Task<Agent> Find(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<Agent>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("agent");
}
