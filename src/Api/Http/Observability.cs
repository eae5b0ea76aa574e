using Mainstreet.Application;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mainstreet.Api.Http;

/// <summary>Logs to the console, as JSON where machines read them; traces and metrics to an OpenTelemetry collector where one is configured.</summary>
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

        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddHostedService<Exporter>();
        }
    }

    /// <summary>The exporter reads its own settings (endpoint, protocol, headers) from the OTEL_* environment.</summary>
    private sealed class Exporter : IHostedService, IDisposable
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
            metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(resource => resource.AddService("mainstreet"))
                .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
                .AddOtlpExporter()
                .Build();
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
