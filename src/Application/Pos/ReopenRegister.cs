using Mainstreet.Domain;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// Goes on with the last session of a register, which was closed too early (requirements 11.8). Errors: not_found (404), session_open, session_followed,
/// register_moved, register_retired (409), stale_version (412), reason_required (400).
/// </summary>
public sealed record ReopenRegister(RegisterSessionId SessionId, int? ExpectedVersion, string Reason) : IRequest<Committed>;

internal sealed class ReopenRegisterHandler(ILane lane) : IRequestHandler<ReopenRegister, Committed>
{
    private const string Its = "select register_id from rm.register_sessions where session_id = @session_id";

    /// <summary>
    /// By the log and not by the time, which may stand still. A register has one open session at most and nothing happens in one that is closed, so the last step
    /// of a session that was opened since is a later one.
    /// </summary>
    private const string Later = """
        select l.session_id from rm.register_sessions s join rm.register_sessions l on l.register_id = s.register_id and l.session_id <> s.session_id
         where s.session_id = @session_id and l.row_position > s.row_position
         order by l.row_position desc limit 1
        """;

    private const string CarriedOver = "select jsonb_array_elements_text(unpaid)::uuid from rm.register_sessions where session_id = @session_id";

    public Task<Committed> Handle(ReopenRegister command, CancellationToken cancellationToken) => lane.Run(
        streams => streams
            .Of<RegisterSession>(command.SessionId.Value)
            .In<Register>(Its, new { command.SessionId })
            .In<RegisterSession>(Later, new { command.SessionId })
            .In<Sale>(CarriedOver, new { command.SessionId }),
        (log, now) =>
        {
            var session = log.Get<RegisterSession>(command.SessionId.Value);
            log.Expect(command.SessionId.Value, command.ExpectedVersion);
            var paid = log.All<Sale>().Where(sale => sale.Due.Amount == 0).Select(sale => sale.Id).ToHashSet();
            log.Append<RegisterSession, RegisterSessionEvent>(command.SessionId.Value, session.Reopen(
                log.Get<Register>(session.RegisterId.Value), log.All<RegisterSession>().Any(other => other.Id != session.Id), paid, command.Reason, now));
            return new Committed(log.Version(command.SessionId.Value));
        },
        cancellationToken);
}
