using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>All measurements of one instrument, by their labels.</summary>
internal sealed class Family
{
    private readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly bool isObserved;
    private readonly IReadOnlyList<double>? bounds;

    public Family(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        isObserved = instrument.IsObservable;
        Type = type.Contains("Gauge", StringComparison.Ordinal) ? "gauge" : type.Contains("Histogram", StringComparison.Ordinal) ? "histogram" : "counter";
        bounds = Type == "histogram" ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [1] : null;
        // As Prometheus wants them: base units in the name, and _total where it only grows.
        var unit = instrument.Unit == "s" ? "_seconds" : "";
        Name = instrument.Name.Replace('.', '_') + unit + (Type == "counter" ? "_total" : "");
        Help = instrument.Description ?? "";
    }

    public string Name { get; }

    public string Type { get; }

    public string Help { get; }

    public IEnumerable<(string Labels, Series Series)> All => series.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => (each.Key, each.Value));

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        series.GetOrAdd(MetricsText.Labels(labels), _ => new(bounds)).Add(value, isLast: isObserved);

    /// <summary>What is not observed any more is not there any more.</summary>
    public void ForgetGauges()
    {
        if (isObserved) series.Clear();
    }
}

/// <summary>The sum of what was measured, and how it spreads over the buckets of a histogram.</summary>
internal sealed class Series(IReadOnlyList<double>? bounds)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[(bounds?.Count ?? 0) + 1];
    private double sum;

    public void Add(double value, bool isLast)
    {
        lock (gate)
        {
            sum = isLast ? value : sum + value;
            if (bounds is null) return;
            var bucket = 0;
            while (bucket < bounds.Count && value > bounds[bucket]) bucket++;
            counts[bucket]++;
        }
    }

    public double Sum
    {
        get
        {
            lock (gate) return sum;
        }
    }

    /// <summary>Each bound with how many lie at or below it; the last bound is infinite.</summary>
    public IReadOnlyList<(double Bound, long Count)> Buckets()
    {
        lock (gate)
        {
            var total = 0L;
            return [.. counts.Select((count, index) => (bounds is not null && index < bounds.Count ? bounds[index] : double.PositiveInfinity, total += count))];
        }
    }
}
