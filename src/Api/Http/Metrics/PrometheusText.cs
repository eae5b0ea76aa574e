using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mainstreet.Api.Http.Metrics;

/// <summary>
/// Measurements as a page in Prometheus' text format 0.0.4, with names as OpenTelemetry's compatibility rules make them: dots become
/// underscores, the unit is the suffix, counters end in _total.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed partial class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock guard = new();
    private string page = "";

    public Func<int, bool>? Collect { get; set; }

    /// <summary>The page as of now.</summary>
    public string Render()
    {
        lock (guard)
        {
            Collect!(Timeout.Infinite);
            return page;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder();
        foreach (var metric in batch)
        {
            Write(text, metric);
        }

        page = text.ToString();
        return ExportResult.Success;
    }

    private static void Write(StringBuilder text, Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = Name(metric.Name, metric.Unit) + (isCounter ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {metric.Description.Replace("\\", "\\\\").Replace("\n", "\\n")}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isCounter ? "counter" : metric.MetricType is MetricType.Histogram ? "histogram" : "gauge")}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (metric.MetricType is MetricType.Histogram)
            {
                WriteHistogram(text, name, labels, point);
            }
            else
            {
                Line(text, name, labels, metric.MetricType switch
                {
                    MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                    MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
                    MetricType.LongGauge => point.GetGaugeLastValueLong(),
                    _ => point.GetGaugeLastValueDouble(),
                });
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, MetricPoint point)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
            Line(text, name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", below);
        }

        Line(text, name + "_sum", labels, point.GetHistogramSum());
        Line(text, name + "_count", labels, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (key, value) in tags)
        {
            var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
            labels.Add($"{Unsuitable().Replace(key, "_")}=\"{escaped}\"");
        }

        return string.Join(',', labels);
    }

    private static string Name(string name, string unit)
    {
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "%" => "_percent", _ => "" };
        var suitable = Unsuitable().Replace(name, "_");
        return suitable.EndsWith(suffix, StringComparison.Ordinal) ? suitable : suitable + suffix;
    }

    [GeneratedRegex("[^a-zA-Z0-9_]", RegexOptions.NonBacktracking)]
    private static partial Regex Unsuitable();
}
