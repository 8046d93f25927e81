using System.Text.Json;
using HelpDesk.Web.Json;

namespace HelpDesk.Applications;

/// <summary>What a job of applying tells besides its counts: tickets that could not go over to the version, the first of them.</summary>
internal sealed record ApplicationResult(IReadOnlyList<FailedTicket> Failed)
{
    public static string Add(string? known, IReadOnlyList<FailedTicket> more, int most)
    {
        var before = known is null ? [] : JsonSerializer.Deserialize<ApplicationResult>(known, JsonConventions.Options)!.Failed;
        return JsonSerializer.Serialize(new ApplicationResult([.. before.Concat(more).Take(most)]), JsonConventions.Options);
    }
}

/// <summary>A ticket that could not go over to a version, and why.</summary>
internal sealed record FailedTicket(long TicketId, string Detail);
