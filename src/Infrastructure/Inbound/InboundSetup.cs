using Mainstreet.Application.Inbound;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Inbound;

internal static class InboundSetup
{
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services.AddOptions<InboundOptions>().BindConfiguration("Inbound").Validate(options => options.AreValid(), "Inbound: GoogleKeysUrl is an http(s) address, and PayPalCertificates are such that end with a slash.").ValidateOnStart();
        services.Scan(scan => scan.FromAssembliesOf(typeof(IInboundHandler), typeof(InboundPayloads))
            .AddClasses(classes => classes.AssignableTo<IInboundProvider>(), publicOnly: false).As<IInboundProvider>().WithSingletonLifetime()
            .AddClasses(classes => classes.AssignableTo<IInboundHandler>(), publicOnly: false).As<IInboundHandler>().WithSingletonLifetime());
        return services
            .AddSingleton<GoogleKeys>().AddSingleton<PayPalCertificates>()
            .AddSingleton<InboundProviders>()
            .AddSingleton<InboundHandlers>()
            .AddHostedService<InboundRecorder>()
            .AddScoped<IInboundPayloads, InboundPayloads>()
            .AddScoped<IParkedInbound, ParkedInbound>();
    }
}
