using Mainstreet.Application;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// A test tenant's mail goes to its outbox, everybody else's to the provider. Without credentials it is refused, and never put aside as
/// if it were sent; but for the platform's own while the product is tried out.
/// </summary>
internal sealed class EmailSender(
    ITenantContext tenant, SandboxOutbox outbox, ResendEmails provider, IOptions<EmailOptions> options, IHostEnvironment environment) : IEmailSender
{
    public bool IsReady => KeepsThem || options.Value.IsConfigured;

    private bool KeepsThem => tenant.IsSandbox || (!options.Value.IsConfigured && tenant.Tenant == TenantId.Platform && (options.Value.Sandbox ?? environment.IsDevelopment()));

    public Task Send(EmailMessage message, CancellationToken cancellationToken) =>
        SendOn(message with { Subject = message.Subject.ReplaceLineEndings(" ") }, cancellationToken); // names of businesses stand in it, and it becomes a header

    private Task SendOn(EmailMessage message, CancellationToken cancellationToken) =>
        KeepsThem ? outbox.Keep(message)
        : options.Value.IsConfigured ? provider.Send(message, cancellationToken)
        : throw new DomainException(EmailErrors.NotConfigured);
}
