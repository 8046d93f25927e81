using HelpDesk.Database;
using HelpDesk.Queues;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Agents;

/// <summary>What an agent must be.</summary>
internal static class AgentRules
{
    private const int LongestQueue = 200;

    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static AgentDefinition Read(AgentDefinition given)
    {
        var kept = given with { Name = given.Name.Trim(), Email = EmailOf(given.Email), Queues = [.. (given.Queues ?? []).Distinct()] };
        var errors = new Dictionary<string, string[]>();
        if (kept.Name.Length == 0) errors["name"] = ["must not be blank"];
        else if (kept.Name.Any(char.IsControl)) errors["name"] = ["must be one line, without control characters"];
        if (!EmailAddress.IsOne(kept.Email)) errors["email"] = [EmailAddress.Rule];
        for (var index = 0; index < given.Queues?.Count; index++)
        {
            if (given.Queues[index] is not { Length: >= 1 and <= LongestQueue }) errors[$"queues[{index}]"] = [$"must be 1 to {LongestQueue} characters"];
        }

        if (kept is { RestrictedToQueues: true, Queues.Count: 0 }) errors["queues"] = ["must name at least one queue: an agent restricted to none would see nothing"];
        if (kept.Locale is { } locale && !Locales.IsKnown(locale)) errors["locale"] = [Locales.Rule];
        if (kept.TimeZone is { } zone && Zones.Find(zone) is null) errors["timeZone"] = [Zones.Rule(zone)];
        return errors.Count == 0 ? kept : throw Refusal.Invalid(errors);
    }

    /// <summary>An address as it is kept and looked for.</summary>
    public static string EmailOf(string given) => given.Trim().ToLowerInvariant();

    /// <summary>Where only registered queues are taken, new ones among an agent's must be.</summary>
    public static async Task CheckQueues(HelpDeskDb db, KnownQueues queues, IReadOnlyList<string>? before, AgentDefinition after, CancellationToken cancel)
    {
        var added = (after.Queues ?? []).Except(before ?? []).ToArray();
        if (!queues.Only || added.Length == 0) return;
        var known = await db.Database.SqlQuery<string>($"select name as \"Value\" from queues where name = any ({added}) for key share").ToListAsync(cancel);
        if (added.Except(known).FirstOrDefault() is { } missing) throw KnownQueues.Missing($"queues[{after.Queues!.ToList().IndexOf(missing)}]", missing);
    }

    public static async Task Save(HelpDeskDb db, Agent agent, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception error) when (error.Violates(AgentTable.OneEmail))
        {
            throw Refusal.Conflict("agent-exists", $"There is an agent with the address {agent.Email} already: GET /v1/agents?email={Uri.EscapeDataString(agent.Email)} finds it.");
        }
    }
}
