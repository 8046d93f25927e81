using System.Text.Json;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Web.Json;

namespace HelpDesk.Applications;

internal static class ApplicationEvents
{
    public static string Applied(Guid jobId, RulesKey before, RulesKey after)
    {
        var changes = new Dictionary<string, FromTo>();
        Compare("policyVersion", before.PolicyVersion, after.PolicyVersion);
        Compare("calendarId", before.CalendarId, after.CalendarId);
        Compare("calendarVersion", before.CalendarVersion, after.CalendarVersion);
        return JsonSerializer.Serialize(new { jobId, after.PolicyId, changes }, JsonConventions.Options);

        void Compare<T>(string member, T from, T to)
            where T : struct
        {
            if (!from.Equals(to)) changes[member] = new FromTo(from, to);
        }
    }
}
