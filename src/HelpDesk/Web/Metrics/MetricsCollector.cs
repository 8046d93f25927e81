using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>Listens to the meters of this process that <see cref="Sources"/> names, from its start on, and adds up what they measure.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> families = new();

    public MetricsCollector(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (!Sources.Has(instrument, meters)) return;
            families.TryAdd(instrument, new(instrument));
            listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Add(instrument, value, labels));
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
