using Mainstreet.Application.Infrastructures;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>The section <c>Operator</c> of the configuration: who runs the platform when nobody does yet.</summary>
internal sealed class OperatorOptions
{
    public string? Email { get; set; }

    /// <summary>Of the account that is made; it is changed over HTTP afterwards.</summary>
    public string? Password { get; set; }

    /// <summary>Both, or neither.</summary>
    public bool AreValid() => Email is null == Password is null;
}

/// <summary>Before the product serves. What keeps it from it is told, and keeps nobody else waiting.</summary>
internal sealed class FirstOperator(IServiceScopeFactory scopes, IOptions<OperatorOptions> options, ILogger<FirstOperator> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { Email: { } email, Password: { } password })
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(TenantId.Platform, Application.Actor.System, cancellationToken);
            if ((await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AppointFirstOperator(email, password), cancellationToken)).Version > 0)
            {
                logger.LogInformation("{Email} is the platform's administrator now", email);
            }
        }
        catch (Exception e) when (e is DomainException or FluentValidation.ValidationException)
        {
            logger.LogError(e, "Nobody runs the platform: {Email} cannot become its administrator", email);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
