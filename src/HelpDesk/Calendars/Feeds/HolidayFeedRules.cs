using HelpDesk.Web;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Calendars.Feeds;

/// <summary>What the members of a feed must be.</summary>
internal static class HolidayFeedRules
{
    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static HolidayFeedDefinition Read(HolidayFeedDefinition given, OutgoingGuard guard)
    {
        var errors = new Dictionary<string, string[]>();
        guard.Check("url", given.Url, errors);
        if (given.Name is { } name && string.IsNullOrWhiteSpace(name)) errors["name"] = ["must not be blank"];
        return errors.Count > 0 ? throw Refusal.Invalid(errors) : given with { Name = given.Name?.Trim() };
    }
}
