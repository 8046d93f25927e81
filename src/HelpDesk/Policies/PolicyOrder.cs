using HelpDesk.Access;
using HelpDesk.Calendars;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Policies;

internal static class PolicyOrder
{
    /// <summary>The order in which policies are tried.</summary>
    /// <param name="Ids">Every policy once, the one to be tried first in front.</param>
    [Example("""{ "ids": ["019cad8f-ac00-7d5f-90c0-92592413a8b5"] }""")]
    public sealed record Request(IReadOnlyList<Guid> Ids);

    /// <summary>Set the order in which policies are tried</summary>
    /// <remarks>The first that matches a ticket wins. Open tickets keep the policy they have until a field that policies look at changes.</remarks>
    public static async Task<NoContent> Handle(
        Request request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await Lock(db, cancel);
        var policies = await db.Set<Policy>().Where(row => row.DeletedAt == null).ToDictionaryAsync(row => row.Id, cancel);
        Check(request.Ids, policies);
        var before = policies.Values.OrderBy(policy => policy.Position).Select(policy => policy.Id).ToList();
        if (before.SequenceEqual(request.Ids)) return TypedResults.NoContent();
        for (var index = 0; index < request.Ids.Count; index++) policies[request.Ids[index]].MoveTo(index + 1, now);
        db.Add(Event.Of("policies.reordered", now, caller.Id, http.TraceIdentifier, new { changes = MemberChanges.Between(new Request(before), request) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        return TypedResults.NoContent();
    }

    private static void Check(IReadOnlyList<Guid> ids, Dictionary<Guid, Policy> policies)
    {
        var errors = new Dictionary<string, string[]>();
        var seen = new HashSet<Guid>();
        for (var index = 0; index < ids.Count; index++)
        {
            if (!policies.ContainsKey(ids[index])) errors[$"ids[{index}]"] = ["is not the id of a policy"];
            else if (!seen.Add(ids[index])) errors[$"ids[{index}]"] = ["stands in the order twice"];
        }

        if (errors.Count == 0 && seen.Count < policies.Count) errors["ids"] = [$"must name every policy: {string.Join(", ", policies.Keys.Except(seen))} missing"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>Policies are written by one transaction at a time: an order given to all of them and a change of one would otherwise trip over each other.</summary>
    public static Task Lock(HelpDeskDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('helpdesk.policies'))", cancel);
}
