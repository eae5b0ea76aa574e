using FluentValidation;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>What name servers say of a name to a test business. Errors: not_found (404) for a live one.</summary>
/// <param name="Texts">None: there is no such record any more.</param>
public sealed record SetSandboxTxt(string Name, string[] Texts) : IRequest<Committed>;

/// <summary>The records that a test business sees.</summary>
public interface ISandboxDns
{
    Task Set(string name, string[] texts, CancellationToken cancellationToken);
}

internal sealed class SetSandboxTxtValidator : AbstractValidator<SetSandboxTxt>
{
    public SetSandboxTxtValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(253);
        RuleFor(c => c.Texts).Must(texts => texts.Length <= 20).WithErrorCode("too_many").WithMessage("A name has 20 records at most.");
        RuleForEach(c => c.Texts).NotEmpty().MaximumLength(1000);
    }
}

internal sealed class SetSandboxTxtHandler(ISandboxDns dns, ITenantContext tenant) : IRequestHandler<SetSandboxTxt, Committed>
{
    public async Task<Committed> Handle(SetSandboxTxt command, CancellationToken cancellationToken)
    {
        Check.That(tenant.IsSandbox, DomainError.NotFound("sandbox: only a test business has one"));
        await dns.Set(command.Name.TrimEnd('.').ToLowerInvariant(), command.Texts, cancellationToken);
        return new(0);
    }
}
