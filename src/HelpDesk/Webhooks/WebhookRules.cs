using HelpDesk.Events.Feed;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Webhooks;

/// <summary>What the members of a webhook must be.</summary>
internal static class WebhookRules
{
    private const int LongestQueue = 200;

    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static WebhookDefinition Read(WebhookDefinition given, OutgoingGuard guard)
    {
        var errors = new Dictionary<string, string[]>();
        guard.Check("url", given.Url, errors);
        if (given.Types is { } types)
        {
            if (types.Count == 0) errors["types"] = ["must name at least one; leave it out for all"];
            for (var index = 0; index < types.Count; index++)
            {
                if (types[index] is not { Length: > 0 } type || TypeChoice.Names([type]) is null) errors[$"types[{index}]"] = [TypeChoice.Rule];
            }
        }

        if (given.Queues is { } queues)
        {
            if (queues.Count == 0) errors["queues"] = ["must name at least one; leave it out for all"];
            for (var index = 0; index < queues.Count; index++)
            {
                if (string.IsNullOrWhiteSpace(queues[index]) || queues[index].Length > LongestQueue) errors[$"queues[{index}]"] = [$"must be the name of a queue, 1 to {LongestQueue} characters"];
            }
        }

        if (given.Description is { } description && string.IsNullOrWhiteSpace(description)) errors["description"] = ["must not be blank"];
        return errors.Count > 0
            ? throw Refusal.Invalid(errors)
            : given with { Types = given.Types?.Distinct().ToList(), Queues = given.Queues?.Distinct().ToList(), Description = given.Description?.Trim() };
    }

    public static bool AreAlike(WebhookDefinition one, WebhookDefinition other) =>
        one with { Types = null, Queues = null } == other with { Types = null, Queues = null }
        && (one.Types ?? []).SequenceEqual(other.Types ?? []) && (one.Queues ?? []).SequenceEqual(other.Queues ?? []);
}
