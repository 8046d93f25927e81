using System.Collections.Concurrent;
using HelpDesk.Time;

namespace HelpDesk.Delivery;

/// <summary>The circuits of the hosts that messages are handed over to, by <c>host:port</c>. Said once in the log when one opens, and once when it closes.</summary>
internal sealed partial class Circuits(TimeProvider machine, ILogger<Circuits> log)
{
    private readonly ConcurrentDictionary<string, Circuit> all = new(StringComparer.Ordinal);

    public Circuit Of(string host) => all.GetOrAdd(host, _ => new());

    public IReadOnlyList<KeyValuePair<string, Circuit>> Open => [.. all.Where(each => each.Value.IsOpen)];

    public IReadOnlyList<KeyValuePair<string, Circuit>> Known => [.. all];

    public void Answered(string host)
    {
        if (Of(host).Answered()) LogClosed(host);
    }

    public void Failed(string host, string words)
    {
        if (Of(host).Failed(machine.GetCurrentInstant(), Random.Shared.NextDouble())) LogOpened(host, words);
    }

    [LoggerMessage(2001, LogLevel.Error, "{Host} cannot be reached: messages for it wait, and cost no attempts, until it answers again. Last: {Error}")]
    private partial void LogOpened(string host, string error);

    [LoggerMessage(2002, LogLevel.Warning, "{Host} answers again: what has waited for it leaves now")]
    private partial void LogClosed(string host);
}
