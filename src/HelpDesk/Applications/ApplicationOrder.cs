using HelpDesk.Policies;

namespace HelpDesk.Applications;

/// <summary>
/// What is applied: a version of a policy with one of its calendar, or a version of a calendar alone. Named when it is asked for, so that a change made while it
/// runs is not applied unseen; and never in place of a later one, so that of two applications the older cannot undo the newer.
/// </summary>
/// <param name="PolicyId">The policy; null where a calendar is applied.</param>
/// <param name="PolicyVersion">Its version.</param>
/// <param name="CalendarId">The calendar.</param>
/// <param name="CalendarVersion">Its version.</param>
public sealed record ApplicationOrder(Guid? PolicyId, int? PolicyVersion, Guid CalendarId, int CalendarVersion)
{
    /// <summary>What a ticket goes over to, and the reason noted on what moves; null where it has that, or something later.</summary>
    internal (RulesKey Key, string Why)? Next(RulesKey current) => PolicyId is { } policy ? OfPolicy(current, policy) : OfCalendar(current);

    private (RulesKey, string)? OfPolicy(RulesKey current, Guid policy)
    {
        if (current.PolicyId != policy || current.PolicyVersion > PolicyVersion) return null;
        var calendar = current.CalendarId == CalendarId ? int.Max(current.CalendarVersion, CalendarVersion) : CalendarVersion;
        var next = new RulesKey(policy, PolicyVersion!.Value, CalendarId, calendar);
        return next == current ? null : (next, current.PolicyVersion == PolicyVersion ? "calendar" : "policy");
    }

    private (RulesKey, string)? OfCalendar(RulesKey current) => current.CalendarId == CalendarId && current.CalendarVersion < CalendarVersion
        ? (current with { CalendarVersion = CalendarVersion }, "calendar")
        : null;
}
