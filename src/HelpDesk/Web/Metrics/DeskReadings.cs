using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>What is looked up in the database before it is told, and which of it could not be: whoever watches the desk must not be blind while the database is away.</summary>
internal sealed class DeskReadings
{
    private readonly Lock gate = new();
    private readonly TimeProvider machine;
    private readonly ILogger<DeskReadings> log;
    private IReadOnlyList<DeskReading> all = [];

    public DeskReadings(IMeterFactory meters, TimeProvider machine, ILogger<DeskReadings> log)
    {
        (this.machine, this.log) = (machine, log);
        meters.Create("HelpDesk.Figures").CreateObservableGauge(
            "helpdesk.figures.unread", () => all.Select(each => new Measurement<long>(each.IsKnown ? 0 : 1, new KeyValuePair<string, object?>("what", each.What))), null,
            "1 where this server could not read such figures from the database lately, and tells none of them; 0 where it could.");
    }

    /// <param name="what">What it is a reading of, in a word.</param>
    /// <param name="fresh">So long it is not read again.</param>
    /// <param name="read">Reads it.</param>
    public DeskReading<T> Of<T>(string what, Duration fresh, Func<CancellationToken, Task<T>> read)
    {
        var reading = new DeskReading<T>(what, fresh, read, machine, log);
        lock (gate) all = [.. all, reading];
        return reading;
    }
}
