using HelpDesk.Database;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Policies;

/// <summary>
/// Whom a ladder's steps may name. Looked at when a policy is saved or rehearsed, not when it is read: an agent may have left since, and then a step goes to
/// whom it goes where there is nobody.
/// </summary>
internal static class LadderRules
{
    private const string NotifyRule = "must be assignee, queue, lead, an e-mail address, the id of an agent, or an absolute https or http address";
    private const string ReassignRule = "must be lead, or the id of an agent";
    private const string RaiseRule = "must be left out: raise_priority is for nobody";

    private static readonly string[] NoAgent = ["must be the id of an active agent"];
    private static readonly string[] Words = ["assignee", "queue", "lead"];

    public static void Check(PolicyDefinition definition, string path, Dictionary<string, string[]> errors)
    {
        foreach (var (member, step) in Steps(definition, path))
        {
            if (string.IsNullOrWhiteSpace(step.To)) continue;
            if (Rule(step.Do, step.To) is { } rule) errors.TryAdd($"{member}.to", [rule]);
        }
    }

    private static string? Rule(string act, string to) => act switch
    {
        "notify" => Words.Contains(to) || IsAgent(to) || HttpAddress.IsOne(to) || EmailAddress.IsOne(to) ? null : NotifyRule,
        "reassign" => to == "lead" || IsAgent(to) ? null : ReassignRule,
        "raise_priority" => RaiseRule,
        // What is wrong with it is said of the step itself.
        _ => null,
    };

    /// <summary>Agents that were named before may have been deactivated since; new ones must be active.</summary>
    public static async Task CheckAgents(HelpDeskDb db, PolicyDefinition? before, PolicyDefinition after, CancellationToken cancel)
    {
        var known = before is null ? [] : Steps(before, "").Select(step => step.Step.To).ToHashSet();
        var named = Steps(after, "").Where(step => IsAgent(step.Step.To) && !known.Contains(step.Step.To)).ToList();
        if (named.Count == 0) return;
        var ids = named.Select(step => Guid.Parse(step.Step.To!)).Distinct().ToArray();
        var active = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from agents where id = any ({ids}) and active for key share").ToListAsync(cancel);
        var missing = named.Where(step => !active.Contains(Guid.Parse(step.Step.To!))).ToList();
        if (missing.Count == 0) return;
        throw new Refusal(
            StatusCodes.Status422UnprocessableEntity, "no-such-agent", "Well-formed, but impossible", $"There is no active agent {missing[0].Step.To}.",
            missing.ToDictionary(step => $"{step.Member}.to", _ => NoAgent));
    }

    private static bool IsAgent(string? to) => Guid.TryParseExact(to, "D", out _);

    private static IEnumerable<(string Member, LadderStepDefinition Step)> Steps(PolicyDefinition definition, string path) => definition.Terms
        .Where(term => term.Value is not null)
        .SelectMany(term => Steps(term.Value, $"{path}terms.{term.Key}").Concat((term.Value.ByPriority ?? new Dictionary<string, TermDefinition>())
            .Where(differing => differing.Value is not null)
            .SelectMany(differing => Steps(differing.Value, $"{path}terms.{term.Key}.byPriority.{differing.Key}"))));

    private static IEnumerable<(string, LadderStepDefinition)> Steps(TermDefinition term, string path) =>
        (term.Ladder ?? []).Select((step, index) => ($"{path}.ladder[{index}]", step)).Where(step => step.step is not null);
}
