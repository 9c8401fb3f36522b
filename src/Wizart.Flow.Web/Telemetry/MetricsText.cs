using System.Globalization;
using System.Text;
using Wizart.Flow.Engine.Telemetry;

namespace Wizart.Flow.Web.Telemetry;

/// <summary>Figures as Prometheus reads them (text format 0.0.4).</summary>
public sealed class MetricsText
{
    /// <summary>The content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>A figure that goes up and down.</summary>
    public void Gauge(string name, string help, double value) => Gauge(name, help, null, [(null, value)]);

    /// <summary>Figures that go up and down, by the value of a label.</summary>
    public void Gauge(string name, string help, string? label, IEnumerable<(string? Label, double Value)> values) => Write(name, help, "gauge", label, values);

    /// <summary>A figure that only grows, from zero at the start of the daemon.</summary>
    public void Counter(string name, string help, double value) => Counter(name, help, null, [(null, value)]);

    /// <summary>Figures that only grow, by the value of a label.</summary>
    public void Counter(string name, string help, string? label, IEnumerable<(string? Label, double Value)> values) => Write(name, help, "counter", label, values);

    /// <summary>How often which values were seen.</summary>
    public void Histogram(string name, string help, Distribution values)
    {
        Head(name, help, "histogram");
        var (steps, count, sum) = values.Read();
        foreach (var (bound, below) in steps) Line($"{name}_bucket", $"le=\"{Number(bound)}\"", below);
        Line($"{name}_bucket", "le=\"+Inf\"", count);
        Line($"{name}_sum", null, sum);
        Line($"{name}_count", null, count);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Write(string name, string help, string type, string? label, IEnumerable<(string? Label, double Value)> values)
    {
        Head(name, help, type);
        foreach (var (of, value) in values) Line(name, of is null ? null : $"{label}=\"{Escaped(of)}\"", value);
    }

    private void Head(string name, string help, string type) => _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private void Line(string name, string? labels, double value)
    {
        _text.Append(name);
        if (labels is not null) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
