using HelpDesk.Web.Settings;
using HelpDesk.Web;

namespace HelpDesk.Queues;

/// <summary><c>Tickets:KnownQueuesOnly</c>: whether a queue that tickets and agents name must be registered. By default integrations come first.</summary>
internal sealed record KnownQueues(bool Only)
{
    private static readonly Switch RegisteredOnly = new("Tickets:KnownQueuesOnly", "`true`: tickets and agents may name registered queues only");

    public static KnownQueues Read(IConfiguration configuration) => new(RegisteredOnly.Read(configuration));

    public static Refusal Missing(string member, string name) => new(
        StatusCodes.Status422UnprocessableEntity, "no-such-queue", "Well-formed, but impossible", $"There is no queue {name}: this desk takes registered queues only.",
        new Dictionary<string, string[]> { [member] = ["must be the name of a queue at /v1/queues"] });
}
