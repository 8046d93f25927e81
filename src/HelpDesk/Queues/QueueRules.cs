using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Queues;

/// <summary>What a queue must be.</summary>
internal static class QueueRules
{
    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static QueueDefinition Read(QueueDefinition given)
    {
        var kept = given with { Name = given.Name.Trim(), Description = given.Description?.Trim(), LeadIds = [.. (given.LeadIds ?? []).Distinct()] };
        var errors = new Dictionary<string, string[]>();
        if (kept.Name.Length == 0) errors["name"] = ["must not be blank"];
        else if (kept.Name.Any(char.IsControl)) errors["name"] = ["must be one line, without control characters"];
        else if (kept.Name.Contains(',', StringComparison.Ordinal)) errors["name"] = ["must not contain a comma: lists are filtered by names separated by commas"];
        if (kept.Description is "") errors["description"] = ["must not be blank: leave it out, or send null to clear it"];
        return errors.Count == 0 ? kept : throw Refusal.Invalid(errors);
    }

    /// <summary>Leads that were there before may have been deactivated since; new ones must be active.</summary>
    public static async Task CheckLeads(HelpDeskDb db, IReadOnlyList<Guid>? before, QueueDefinition after, CancellationToken cancel)
    {
        var added = (after.LeadIds ?? []).Except(before ?? []).ToArray();
        if (added.Length == 0) return;
        var known = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from agents where id = any ({added}) and active for key share").ToListAsync(cancel);
        if (added.Except(known).Cast<Guid?>().FirstOrDefault() is not { } missing) return;
        var index = after.LeadIds!.ToList().IndexOf(missing);
        throw new Refusal(
            StatusCodes.Status422UnprocessableEntity, "no-such-agent", "Well-formed, but impossible", $"There is no active agent {missing}.",
            new Dictionary<string, string[]> { [$"leadIds[{index}]"] = ["must be the id of an active agent"] });
    }

    public static async Task Save(HelpDeskDb db, Queue queue, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception error) when (error.Violates(QueueTable.OneName))
        {
            throw Refusal.Conflict("queue-exists", $"There is a queue called {queue.Name} already, perhaps in another case.");
        }
    }

    /// <summary>Tickets, agents, policies and advisories that are not over use the name: it must not be taken from under them.</summary>
    public static async Task RefuseWhileInUse(HelpDeskDb db, string name, Instant now, CancellationToken cancel)
    {
        var by = await db.Database
            .SqlQuery<string?>($"""
                select case
                    when exists (select from tickets where queue = {name}) then 'tickets'
                    when exists (select from agents where queues @> array[{name}]) then 'agents'
                    when exists (
                        select from policies p join policy_versions v on v.policy_id = p.id and v.version = p.version
                        where p.deleted_at is null and v.definition -> 'when' -> 'queue' ? {name}) then 'policies'
                    when exists (select from advisories where "when" -> 'queue' ? {name} and (until is null or until > {now.ToUtc()})) then 'advisories'
                end as "Value"
                """)
            .SingleAsync(cancel);
        if (by is not null) throw Refusal.Conflict("queue-in-use", $"There are {by} that use the name {name}. Give them another queue first.");
    }
}
