using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Api.Http;

/// <summary>Which problem an exception is. The only place where errors become status codes.</summary>
internal static partial class Problems
{
    public static readonly Problem NotFound = Problem.Of(404, "not_found", "There is nothing here.");

    /// <summary>By its timeout: nobody else cancels statements.</summary>
    private const string StatementCanceled = "57014";

    public static Problem From(Exception exception) => exception switch
    {
        ProblemException e => e.Problem,
        DomainException e => FromDomain(e.Error),
        ValidationException e => Problem.Of(400, "validation_failed", "Some values are not acceptable.", [.. e.Errors.Select(failure =>
            new ProblemError(RuleCode(failure.ErrorCode), failure.ErrorMessage, Pointers.FromProperty(failure.PropertyName)))]),
        UnavailableException e => Problem.Of(503, e.Code, e.Message) with { Details = Copy(e.Details), RetryAfter = e.RetryAfter },
        TooManyAttemptsException e => Problem.Of(429, TooManyAttemptsException.Code, e.Message) with { RetryAfter = e.RetryAfter },
        DbException { SqlState: StatementCanceled } => Problem.Of(503, "query_timeout", "The answer would take the database longer than it may. Ask for less, or try again.") with { RetryAfter = TimeSpan.FromSeconds(5) },
        DbException { IsTransient: true } => Problem.Of(503, "database_unavailable", "The database does not answer; try again.") with { RetryAfter = TimeSpan.FromSeconds(1) },
        BadHttpRequestException e => FromRequest(e),
        JsonException e => FromJson(e),
        _ => Problem.Of(500, "internal_error"),
    };

    /// <summary>For answers that the framework gives without a body, such as those of routing.</summary>
    public static Problem FromStatus(int status) => status switch
    {
        400 => Problem.Of(status, "bad_request", "The request is not well formed."),
        401 => Problem.Of(status, "unauthenticated", "Sign in first."),
        404 => NotFound,
        405 => Problem.Of(status, "method_not_allowed", "This resource does not support the method; Allow names those it does."),
        408 => Problem.Of(status, "body_too_slow", "The body came in too slowly."),
        413 => Problem.Of(status, "body_too_large", "The body is larger than this resource takes."),
        415 => Problem.Of(status, "unsupported_media_type", "The body's media type is not one that this resource takes."),
        503 => Problem.Of(status, "unavailable", "Not now. Try again soon."),
        >= 500 => Problem.Of(status, "internal_error"),
        _ => Problem.Of(status, "refused"),
    };

    private static Problem FromDomain(DomainError error) =>
        Problem.Of(error.Kind switch
        {
            ErrorKind.Rule => 422,
            ErrorKind.Conflict or ErrorKind.Busy => 409,
            ErrorKind.NotFound => 404,
            ErrorKind.Gone => 410,
            ErrorKind.Forbidden => 403,
            ErrorKind.Unauthenticated => 401,
            ErrorKind.Stale => 412,
            ErrorKind.Invalid => 400,
            ErrorKind.Locked => 423,
        }, error.Code, error.Message, error.Place is { } place ? [new ProblemError(error.Code, error.Message, place)] : []) with
        { Details = Copy(error.Details), Challenge = error.Kind == ErrorKind.Unauthenticated ? "Bearer" : null };

    /// <summary>Framework messages name CLR types, so only the parameter's name is taken from them.</summary>
    private static Problem FromRequest(BadHttpRequestException exception)
    {
        if (exception.StatusCode != StatusCodes.Status400BadRequest)
        {
            return FromStatus(exception.StatusCode);
        }

        if (exception.InnerException is JsonException json)
        {
            return FromJson(json);
        }

        if (Unbound().Match(exception.Message) is { Success: true } unbound)
        {
            return ProblemException.Parameter(Pointers.SnakeCase(unbound.Groups["name"].Value), "The value is not of the documented type.").Problem;
        }

        if (exception.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal))
        {
            return Problem.Of(400, "body_required", "This request needs a JSON body.");
        }

        if (Missing().Match(exception.Message) is { Success: true } missing)
        {
            return ProblemException.Parameter(Pointers.SnakeCase(missing.Groups["name"].Value), "The parameter is required.", "missing_parameter").Problem;
        }

        return FromStatus(StatusCodes.Status400BadRequest);
    }

    private static Problem FromJson(JsonException exception)
    {
        var pointer = Pointers.FromJsonPath(exception.Path);
        if (MissingFields().Match(exception.Message) is { Success: true } missing)
        {
            return Problem.Of(400, "validation_failed", "Required fields are missing.", [.. Quoted().Matches(missing.Groups["names"].Value).Select(name =>
                new ProblemError("required", "The field is required.", $"{pointer}/{name.Groups["name"].Value}"))]);
        }

        if (exception is ReservedIdException)
        {
            return Problem.Of(400, "validation_failed", "Some values are not acceptable.", new ProblemError(
                "id_reserved", "Ids of version 8 follow from what they stand for and are the product's own; choose one of version 7 or 4.", $"{pointer}/id"));
        }

        return exception.Message switch
        {
            var text when text.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) =>
                ProblemException.Body(pointer, "There is no such field.", "unknown_field").Problem,
            var text when text.Contains("null", StringComparison.Ordinal) =>
                Problem.Of(400, "validation_failed", "Required fields are missing.", new ProblemError("required", "The field may not be null.", pointer)),
            var text when text.StartsWith("Duplicate property", StringComparison.Ordinal) =>
                ProblemException.Body(pointer, "The field is given twice.", "invalid_json").Problem,
            _ => ProblemException.Body(pointer, "The value is not of the documented type.", "invalid_json").Problem,
        };
    }

    /// <summary>GreaterThanValidator becomes greater_than.</summary>
    private static string RuleCode(string? errorCode) => Pointers.SnakeCase((errorCode ?? "invalid").Replace("Validator", "", StringComparison.Ordinal));

    private static Dictionary<string, object?>? Copy(IReadOnlyDictionary<string, object?>? details) =>
        details is null ? null : new(details, StringComparer.Ordinal);

    [GeneratedRegex("^Failed to bind parameter \"[^\"]*?(?<name>\\w+)\" from", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"[^\"]*?(?<name>\\w+)\" was not provided from", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("missing required properties including: (?<names>.+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingFields();

    [GeneratedRegex("'(?<name>\\w+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
