using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>Listens to the desk's own meters of this process, from its start on, and adds up what they measure.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private const string Ours = "HelpDesk.";
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> families = new();

    public MetricsCollector(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // Another desk in the same process has meters of the same names.
            if (!ReferenceEquals(instrument.Meter.Scope, meters) || !instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal)) return;
            families.TryAdd(instrument, new(instrument));
            listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument, value, labels));
        listener.Start();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (families.TryGetValue(instrument, out var family)) family.Add(value, labels);
    }

    /// <summary>All there is, by name; gauges are asked now.</summary>
    public IReadOnlyList<Family> Collect()
    {
        foreach (var family in families.Values) family.ForgetGauges();
        listener.RecordObservableInstruments();
        return [.. families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => listener.Dispose();
}
