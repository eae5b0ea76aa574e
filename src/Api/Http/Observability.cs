using System.Diagnostics.Metrics;
using Mainstreet.Api.Http.Metrics;
using Mainstreet.Application;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mainstreet.Api.Http;

/// <summary>Logs to the console, as JSON where machines read them; metrics as a page, and with traces to an OpenTelemetry collector where one is configured.</summary>
internal static class Observability
{
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "O";
            });
        }

        // Two lines for each request are no news. In front of what the settings say, and not among them: they are not found where the program is started from elsewhere.
        builder.Services.Configure<LoggerFilterOptions>(filter => filter.Rules.Insert(0, new(providerName: null, "Microsoft.AspNetCore", LogLevel.Warning, filter: null)));

        // it would tell every request with its query, in which a guest's token stands
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddSingleton<PrometheusText>().AddHostedService<Collector>();
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddHostedService<Exporter>();
        }
    }

    private static MeterProviderBuilder Measurements(IMeterFactory meters) => Sdk.CreateMeterProviderBuilder()
        .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
        .AddView(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == meters ? null : MetricStreamConfiguration.Drop) // another host in this process
        .AddView("mainstreet.lane.wait", new ExplicitBucketHistogramConfiguration { Boundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });

    /// <summary>Keeps the measurements that the page of metrics shows.</summary>
    private sealed class Collector(PrometheusText text, IMeterFactory meters) : IHostedService, IDisposable
    {
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            metrics = Measurements(meters).AddReader(new BaseExportingMetricReader(text)).Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => metrics?.Dispose();
    }

    /// <summary>The exporter reads its own settings (endpoint, protocol, headers) from the OTEL_* environment.</summary>
    private sealed class Exporter(IMeterFactory meters) : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(resource => resource.AddService("mainstreet"))
                .AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Npgsql")
                .AddOtlpExporter()
                .Build();
            metrics = Measurements(meters).ConfigureResource(resource => resource.AddService("mainstreet")).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Sends what is still queued.</summary>
        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
}
