using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Mainstreet.Application;

namespace Mainstreet.Api.Http;

/// <summary>An RFC 9457 problem document (requirements 9.3). <paramref name="Code"/> is stable; texts are for people.</summary>
internal sealed record Problem(
    string Type, string Title, int Status, string Code, string? Detail = null, IReadOnlyList<ProblemError>? Errors = null, string? RequestId = null)
{
    /// <summary>What the error itself knows, as further members: allowed_transitions, limit, used ...</summary>
    [JsonExtensionData]
    public IDictionary<string, object?>? Details { get; init; }

    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the answer is to be had instead.</summary>
    [JsonIgnore]
    public string? Location { get; init; }

    /// <summary>The value of WWW-Authenticate.</summary>
    [JsonIgnore]
    public string? Challenge { get; init; }

    public static Problem Of(int status, string code, string? detail = null, params ProblemError[] errors) =>
        new($"/problems/{code}", Title: char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' '), status, code, detail, errors is [] ? null : errors);

    /// <summary>Of a request without a JSON body: what validators found, they found in its parameters.</summary>
    public Problem OfParameters() => this with
    {
        Errors = Errors?.Select(error => error.Pointer is ['/', .. var name] ? error with { Pointer = null, Parameter = name } : error).ToArray(),
    };
}

/// <summary>One fault of the input: at a JSON pointer into the body, or in a parameter of the route, query or header.</summary>
internal sealed record ProblemError(string Code, string Message, string? Pointer = null, string? Parameter = null)
{
    [return: NotNullIfNotNull(nameof(fault))]
    public static ProblemError? Of(ItemFault? fault) => fault is null ? null : new(fault.Code, fault.Message, fault.Place);
}

/// <summary>How the edge itself refuses a request, before any use case runs.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    public Problem Problem { get; } = problem;

    public static ProblemException Parameter(string name, string message, string code = "invalid_parameter") =>
        new(Problem.Of(400, code, message, new ProblemError(code, message, Parameter: name)));

    public static ProblemException Body(string pointer, string message, string code) =>
        new(Problem.Of(400, code, message, new ProblemError(code, message, pointer)));
}
