using System.Globalization;
using System.Text;

namespace HelpDesk.Web.Metrics;

/// <summary>The text that Prometheus reads (exposition format 0.0.4).</summary>
internal static class MetricsText
{
    public const string Type = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<Family> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {Escaped(family.Help)}\n# TYPE {family.Name} {family.Type}\n");
            foreach (var (labels, series) in family.All)
            {
                if (family.Type == "histogram") WriteHistogram(text, family.Name, labels, series);
                else WriteLine(text, family.Name, labels, Number(series.Sum));
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        var buckets = series.Buckets();
        foreach (var (bound, count) in buckets)
        {
            var below = $"le=\"{(double.IsPositiveInfinity(bound) ? "+Inf" : Number(bound))}\"";
            WriteLine(text, $"{name}_bucket", labels.Length == 0 ? below : $"{labels},{below}", Number(count));
        }

        WriteLine(text, $"{name}_sum", labels, Number(series.Sum));
        WriteLine(text, $"{name}_count", labels, Number(buckets[^1].Count));
    }

    private static void WriteLine(StringBuilder text, string name, string labels, string value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (!Sources.Tells(name)) continue;
            if (text.Length > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{name.Replace('.', '_')}=\"{Escaped($"{value}").Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }

        return text.ToString();
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
