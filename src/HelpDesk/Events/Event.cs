using System.Text.Json;
using HelpDesk.Web.Json;
using HelpDesk.Web.Telemetry;

namespace HelpDesk.Events;

/// <summary>
/// One change, written in the transaction that makes it. Append-only. Read in the order of (transaction, sequence), and only below the oldest
/// transaction still running, so that a late commit is never skipped.
/// </summary>
internal sealed class Event
{
    private Event()
    {
    }

    public long Sequence { get; private set; }

    public ulong Transaction { get; private set; }

    public Instant At { get; private set; }

    public string Type { get; private set; } = "";

    public long? TicketId { get; private set; }

    public Guid? CommitmentId { get; private set; }

    public Guid? PromiseId { get; private set; }

    public string Actor { get; private set; } = "";

    public string? RequestId { get; private set; }

    public string Data { get; private set; } = "{}";

    /// <summary>The trace of what caused it (W3C); null where none was recorded.</summary>
    public string? Traceparent { get; private set; }

    public static Event Of(string type, Instant at, string actor, string? requestId, object data, long? ticketId = null) => new()
    {
        Type = type,
        At = at,
        Actor = actor,
        RequestId = requestId,
        TicketId = ticketId,
        Traceparent = Cause.Current,
        Data = JsonSerializer.Serialize(data, JsonConventions.Options),
    };
}
