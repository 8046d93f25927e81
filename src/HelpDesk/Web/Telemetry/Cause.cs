using System.Diagnostics;

namespace HelpDesk.Web.Telemetry;

/// <summary>
/// What leaves the desk leaves it later than the request that caused it, and perhaps from another server: rows that are to leave carry the trace of their cause (W3C <c>traceparent</c>),
/// so that one trace leads from the request to each attempt.
/// </summary>
internal static class Cause
{
    private static readonly ActivitySource Traces = new("HelpDesk");

    /// <summary>What a row written now is caused by; null where no trace is recorded.</summary>
    public static string? Current => Traces.HasListeners() && Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } trace ? trace.Id : null;

    /// <summary>Begins a part of the trace that the cause began; one of its own where that is not known. Null where nobody listens.</summary>
    public static Activity? Begin(string name, ActivityKind kind, string? cause)
    {
        if (!Traces.HasListeners()) return null;
        // What happens to be current is whatever claimed it first.
        Activity.Current = null;
        return ActivityContext.TryParse(cause, null, isRemote: true, out var parent) ? Traces.StartActivity(name, kind, parent) : Traces.StartActivity(name, kind);
    }
}
