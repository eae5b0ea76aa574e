using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Pos;

/// <summary>
/// A till. Its code stands before the numbers of its receipts, so numbers of several tills are never the same, and those of one
/// have no gap.
/// </summary>
/// <param name="LocationId">Where it stands and sells from (STK-07); null: the default location.</param>
public sealed partial record Register(RegisterId Id, string Code, string Name, bool Retired, LocationId? LocationId = null) : IAggregate<Register, RegisterEvent>
{
    public const int MaxName = 100;

    /// <summary>The series of its receipts' numbers.</summary>
    public string Series => SeriesOf(Id);

    public static string SeriesOf(RegisterId register) => $"receipts/{register}";

    public static RegisterEvent[] Create(RegisterId id, string code, string name, LocationId? location, DateTimeOffset now)
    {
        Check.That(CodeFormat().IsMatch(code), PosErrors.CodeInvalid);
        Check.That(Check.IsText(name, MaxName), PosErrors.NameInvalid);
        return [new RegisterCreated(id, code, name, location, now)];
    }

    public RegisterEvent[] Rename(string name, DateTimeOffset now)
    {
        Check.That(Check.IsText(name, MaxName), PosErrors.NameInvalid);
        return string.Equals(name, Name, StringComparison.Ordinal) ? [] : [new RegisterRenamed(Id, name, now)];
    }

    /// <summary>It stands elsewhere, and sells what is there. Rejects <c>register_retired</c>, and <c>session_already_open</c> while somebody sells.</summary>
    public RegisterEvent[] Move(LocationId? location, RegisterSession? open, DateTimeOffset now)
    {
        Check.That(!Retired, PosErrors.Retired);
        Check.That(open is null || location == LocationId, PosErrors.AlreadyOpen(open?.Id));
        return location == LocationId ? [] : [new RegisterMoved(Id, location, now)];
    }

    /// <summary>Nothing is sold at it any more. Rejects <c>session_already_open</c> while somebody sells.</summary>
    public RegisterEvent[] Retire(RegisterSession? open, DateTimeOffset now)
    {
        Check.That(open is null, PosErrors.AlreadyOpen(open?.Id));
        return Retired ? [] : [new RegisterRetired(Id, now)];
    }

    public static Register Evolve(Register? state, RegisterEvent e) => (state, e) switch
    {
        (null, RegisterCreated created) => new(created.RegisterId, created.Code, created.Name, Retired: false, created.LocationId),
        ({ }, RegisterRenamed renamed) => state with { Name = renamed.Name },
        ({ }, RegisterMoved moved) => state with { LocationId = moved.LocationId },
        ({ }, RegisterRetired) => state with { Retired = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : state.Code)}."),
    };

    [GeneratedRegex(@"\A[A-Z0-9]{1,10}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeFormat();
}

public abstract record RegisterEvent : IEvent;

/// <param name="LocationId">Null: the default location.</param>
[EventType("register.created.v1", Description = "A till is there to sell at.")]
public sealed record RegisterCreated(RegisterId RegisterId, string Code, string Name, LocationId? LocationId, DateTimeOffset At) : RegisterEvent;

[EventType("register.renamed.v1", Description = "A till has another name.")]
public sealed record RegisterRenamed(RegisterId RegisterId, string Name, DateTimeOffset At) : RegisterEvent;

/// <param name="LocationId">Null: the default location.</param>
[EventType("register.moved.v1", Description = "A till stands at another location, and sells what is there.")]
public sealed record RegisterMoved(RegisterId RegisterId, LocationId? LocationId, DateTimeOffset At) : RegisterEvent;

[EventType("register.retired.v1", Description = "Nothing is sold at a till any more.")]
public sealed record RegisterRetired(RegisterId RegisterId, DateTimeOffset At) : RegisterEvent;

[JsonSerializable(typeof(RegisterCreated))]
[JsonSerializable(typeof(RegisterRenamed))]
[JsonSerializable(typeof(RegisterMoved))]
[JsonSerializable(typeof(RegisterRetired))]
internal sealed partial class RegisterJson : JsonSerializerContext;
