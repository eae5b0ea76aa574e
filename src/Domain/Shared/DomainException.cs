namespace Mainstreet.Domain;

/// <summary>What sort of refusal an error is. HTTP maps it to a status once, for every feature.</summary>
public enum ErrorKind
{
    /// <summary>A business rule says no: 422.</summary>
    Rule,

    /// <summary>The thing is in a state from which this step is not possible, or exists already: 409.</summary>
    Conflict,

    /// <summary>Somebody else is at it at this very moment: 409, and no answer to be remembered.</summary>
    Busy,

    /// <summary>There is no such thing in this tenant: 404.</summary>
    NotFound,

    /// <summary>It was there once, and is not any more: 410.</summary>
    Gone,

    /// <summary>The caller may not do this: 403.</summary>
    Forbidden,

    /// <summary>The credentials are wrong: 401.</summary>
    Unauthenticated,

    /// <summary>The expected version is stale: 412.</summary>
    Stale,

    /// <summary>The business is suspended, closing or closed, and does not do this now: 423, and no answer to be remembered.</summary>
    Locked,

    /// <summary>The input is malformed in a way only the domain can see: 400.</summary>
    Invalid,
}

/// <summary>
/// A catalogued refusal. <paramref name="Code"/> is stable and snake_case; <paramref name="Message"/> is for people.
/// <paramref name="Details"/> become members of the problem document, such as <c>allowed_transitions</c>; its own members (type, title,
/// status, code, detail, errors, request_id) are not for them.
/// </summary>
public sealed record DomainError(string Code, string Message, ErrorKind Kind = ErrorKind.Rule, IReadOnlyDictionary<string, object?>? Details = null)
{
    private const string Existing = "already_exists";

    /// <summary>The JSON pointer of what is refused, such as <c>/subdomain</c>; null: not one place alone.</summary>
    public string? Place { get; init; }

    /// <summary>Whether the refusal is <see cref="AlreadyExists"/>: of a step that may have been made before.</summary>
    public bool SaysItExists => string.Equals(Code, Existing, StringComparison.Ordinal);

    /// <summary>A step that the present status does not allow; names the steps it does allow.</summary>
    public static DomainError IllegalTransition(string subject, string status, string step, params string[] allowed) =>
        new("illegal_transition", $"{subject} is {status}: {step} is not possible.", ErrorKind.Conflict,
            DetailsOf(("current_status", status), ("allowed_transitions", allowed)));

    public static DomainError AlreadyExists(string subject) => new(Existing, $"There is a {subject} with this id already.", ErrorKind.Conflict);

    public static DomainError NotFound(string subject) => new("not_found", $"There is no such {subject}.", ErrorKind.NotFound);

    /// <summary>By the names that the members of the problem document have, or those of one of its errors.</summary>
    public static Dictionary<string, object?> DetailsOf(params ReadOnlySpan<(string Name, object? Value)> details)
    {
        var members = new Dictionary<string, object?>(details.Length, StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            members.Add(name, value);
        }

        return members;
    }
}

/// <summary>The one exception with which the domain refuses. It is never retried.</summary>
public sealed class DomainException(DomainError error) : Exception(error.Message)
{
    public DomainError Error { get; } = error;
}
