using Mainstreet.Domain;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

public enum RegisterSessionStatus
{
    Open,
    Closed,
}

/// <summary>One row per session of a till. Its totals are the X report while it is open, the Z report afterwards.</summary>
/// <param name="LocationId">Where its till stood; null: at the default location.</param>
/// <param name="Unpaid">Its sales that are still to be paid, those that were so when it was closed.</param>
public sealed record RegisterSessionView(
    [property: Key] RegisterSessionId SessionId,
    int Version,
    RegisterId RegisterId,
    LocationId? LocationId,
    RegisterSessionStatus Status,
    Money OpeningFloat,
    SessionTotals Totals,
    SaleId[] Unpaid,
    Money Expected,
    Money? Counted,
    Money? Difference,
    string? Note,
    Actor OpenedBy,
    Actor? ClosedBy,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The register's open session.</summary>
    internal const string OpenOne = "select session_id from rm.register_sessions where register_id = @register_id and status = 'open'";

    private RegisterSession? State =>
        Version == 0 ? null : new(SessionId, RegisterId, OpeningFloat, Totals, Unpaid, Status == RegisterSessionStatus.Closed, LocationId);

    internal static RegisterSessionView None(RegisterSessionId id)
    {
        var nothing = Money.Zero("");
        return new(
            id, Version: 0, default, null, default, nothing, SessionTotals.None(""), [], nothing, null, null, null, Actor.System, null, default, null, default);
    }

    internal RegisterSessionView After(RegisterSessionEvent e, DateTimeOffset at, FoldContext context)
    {
        var session = RegisterSession.Evolve(State, e);
        var row = this with
        {
            Version = context.Version,
            RegisterId = session.RegisterId,
            LocationId = session.LocationId,
            OpeningFloat = session.OpeningFloat,
            Totals = session.Totals,
            Unpaid = session.Unpaid,
            Expected = session.Expected,
            UpdatedAt = at,
        };
        return e switch
        {
            RegisterSessionOpened => row with { OpenedAt = at, OpenedBy = context.Actor },
            RegisterSessionClosed closed => row with
            {
                Status = RegisterSessionStatus.Closed,
                Counted = closed.Counted,
                Difference = closed.Difference,
                Note = closed.Note,
                ClosedAt = at,
                ClosedBy = context.Actor,
            },
            RegisterSessionReopened => row with { Status = RegisterSessionStatus.Open, Counted = null, Difference = null, Note = null, ClosedAt = null, ClosedBy = null },
            _ => row,
        };
    }
}

internal sealed class RegisterSessionsProjection : Projection<RegisterSessionView>
{
    public RegisterSessionsProjection() : base("register_sessions", version: 4, inline: true)
    {
        // the wall behind the decision: one open session per register
        Unique(PosErrors.Open, "status = 'open'", "register_id");
        Index("opened_at desc", "session_id desc");
        Index("register_id", "opened_at desc", "session_id desc");
        Follow<RegisterSessionOpened>(e => e.At);
        Follow<CashPaidIn>(e => e.At);
        Follow<CashPaidOut>(e => e.At);
        Follow<SaleEntered>(e => e.At);
        Follow<SaleSettled>(e => e.At);
        Follow<RegisterSessionClosed>(e => e.At);
        Follow<RegisterSessionReopened>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : RegisterSessionEvent => On<TEvent>(
        (_, context) => RegisterSessionView.None(new(context.StreamId)),
        (view, e, context) => view.After(e, at(e), context));
}
