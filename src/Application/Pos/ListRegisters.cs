using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>The tills of the business, by their codes.</summary>
public sealed record ListRegisters(PageRequest Page) : IRequest<Page<RegisterEntry>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetRegister(RegisterId RegisterId) : IRequest<RegisterEntry>;

/// <param name="SessionId">Of its open session; null: nobody sells at it.</param>
public sealed record RegisterEntry(
    RegisterId RegisterId, int Version, string Code, string Name, LocationId? LocationId, bool Retired, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, RegisterSessionId? SessionId)
{
    internal const string Select = """
        select r.*, s.session_id
          from rm.registers r left join rm.register_sessions s on s.register_id = r.register_id and s.status = 'open'
        """;
}

internal sealed class ListRegistersHandler(IReadStore reads) : IRequestHandler<ListRegisters, Page<RegisterEntry>>
{
    private const string List = "registers";

    public async Task<Page<RegisterEntry>> Handle(ListRegisters query, CancellationToken cancellationToken)
    {
        var rows = await reads.List<RegisterEntry>(
            $"{RegisterEntry.Select} where @after::text is null or r.code > @after order by r.code limit @rows",
            new { After = query.Page.After(List)?.Text(0), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, List, register => [register.Code]);
    }
}

internal sealed class GetRegisterHandler(IReadStore reads) : IRequestHandler<GetRegister, RegisterEntry>
{
    public async Task<RegisterEntry> Handle(GetRegister query, CancellationToken cancellationToken) =>
        await reads.Find<RegisterEntry>($"{RegisterEntry.Select} where r.register_id = @register_id", new { query.RegisterId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("register"));
}
