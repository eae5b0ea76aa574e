using FluentValidation;
using MediatR;

namespace Mainstreet.Infrastructure.Pipeline;

/// <summary>Runs the validators of a request before its handler. Errors: ValidationException (400) with a pointer per failure.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = validators.SelectMany(validator => validator.Validate(request).Errors).ToArray();
        return failures.Length == 0 ? await next() : throw new ValidationException(failures);
    }
}
