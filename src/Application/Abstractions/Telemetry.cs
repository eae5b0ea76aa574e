using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mainstreet.Application;

/// <summary>Where the product's own spans and measurements come from; exported when an OpenTelemetry collector is configured.</summary>
public static class Telemetry
{
    public const string Name = "Mainstreet";

    public static ActivitySource Activities { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
