namespace HelpDesk.Events;

/// <summary>Every kind of event there is, and what it says. A test finds each of them in the log and in docs/audit.md.</summary>
internal static class EventTypes
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["ticket.created"] = "A ticket was posted, or opened by a message that came too late for the one it was for.",
        ["ticket.updated"] = "Members of a ticket changed.",
        ["message.created"] = "A message was written on a ticket, by a person or by the desk.",
        ["commitment.started"] = "A clock began to run.",
        ["commitment.paused"] = "A clock was stopped.",
        ["commitment.resumed"] = "A clock ran on.",
        ["commitment.retargeted"] = "The internal target moved.",
        ["commitment.kept"] = "What was owed was done, and no promise was broken.",
        ["commitment.broken"] = "What was owed was done late, or given up after a lapse.",
        ["commitment.cancelled"] = "What was owed is owed no more.",
        ["commitment.reopened"] = "A resolution was undone.",
        ["promise.made"] = "A dated promise was made.",
        ["promise.renewed"] = "A promise was replaced before it lapsed.",
        ["promise.kept"] = "A promise was kept.",
        ["promise.broken"] = "A promise lapsed.",
        ["promise.withdrawn"] = "A promise holds no more, and was neither kept nor broken.",
        ["promise.restored"] = "A promise stands again: the message that replaced it was not sent.",
        ["follow_up.sent"] = "The customer is written to before a promise lapses.",
        ["follow_up.unreachable"] = "A follow-up was due, and there is nobody to reach.",
        ["follow_up.withdrawn"] = "A follow-up was taken back before it left.",
        ["recovery.started"] = "An apology was due after a lapse.",
        ["delivery.retried"] = "Somebody had an outgoing message tried again.",
        ["customer.created"] = "A customer was made, by itself or with the first ticket.",
        ["customer.updated"] = "Members of a customer changed.",
        ["calendar.created"] = "A calendar was made.",
        ["calendar.updated"] = "Members of a calendar changed.",
        ["calendar.deleted"] = "A calendar was deleted.",
        ["policy.created"] = "A policy was made.",
        ["policy.updated"] = "Members of a policy changed: it has a new version.",
        ["policy.deleted"] = "A policy was deleted.",
        ["policies.reordered"] = "The order in which policies are tried changed.",
        ["api_key.created"] = "An API key was made.",
        ["api_key.updated"] = "Members of an API key changed.",
        ["api_key.rotated"] = "An API key was given a new secret.",
        ["api_key.revoked"] = "An API key was revoked.",
        ["sandbox.clock_set"] = "The sandbox's time was set.",
        ["sandbox.clock_advanced"] = "The sandbox's time was moved forward, and what fell due was played.",
    };
}
