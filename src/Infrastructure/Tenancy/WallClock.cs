using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Tenancy;

public static class WallClock
{
    /// <summary>
    /// In the container a TimeProvider is the tenant's clock, one per scope. Singletons, the web server's among them, serve all
    /// tenants and live by the wall clock. Call it when everything is registered.
    /// </summary>
    public static void GiveSingletonsTheWallClock(this IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { Lifetime: ServiceLifetime.Singleton, IsKeyedService: false, ImplementationType: { IsGenericTypeDefinition: false } type }
                && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeProvider))))
            {
                services[i] = ServiceDescriptor.Singleton(services[i].ServiceType, provider => ActivatorUtilities.CreateInstance(provider, type, TimeProvider.System));
            }
        }
    }
}
