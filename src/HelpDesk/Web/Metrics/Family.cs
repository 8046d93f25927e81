using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>All measurements of one instrument, by their labels.</summary>
internal sealed class Family
{
    /// <summary>Seconds, for a histogram that does not say its own.</summary>
    private static readonly double[] Usual = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly bool isObserved;
    private readonly IReadOnlyList<double>? bounds;

    public Family(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        isObserved = instrument.IsObservable;
        // What goes up and down is a gauge to Prometheus.
        Type = type.Contains("Gauge", StringComparison.Ordinal) || type.Contains("UpDown", StringComparison.Ordinal) ? "gauge"
            : type.Contains("Histogram", StringComparison.Ordinal) ? "histogram" : "counter";
        bounds = Type == "histogram" ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? Usual : null;
        // As Prometheus wants them: base units in the name, and _total where it only grows.
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
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
