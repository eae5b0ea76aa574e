using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>All businesses, by name, for operators. Runs in the platform's tenant.</summary>
/// <param name="Infrastructure">Only those that belong to it.</param>
/// <param name="Q">Words that all occur in name or subdomain.</param>
public sealed record ListBusinesses(BusinessStatus? Status, BusinessMode? Mode, string? Q, TenantId? Infrastructure, PageRequest Page) : IRequest<Page<BusinessRecord>>;

/// <summary>A business as the platform knows it.</summary>
/// <param name="ChangedAt">When it got into its status.</param>
/// <param name="SuspendedFor">Why it is suspended.</param>
/// <param name="ClosesAt">Until when a closing business can be reopened, by its own clock.</param>
public sealed record BusinessRecord(
    TenantId BusinessId, string Name, string Subdomain, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, UserId? Owner, DateTimeOffset RegisteredAt,
    DateTimeOffset ChangedAt, SuspensionReason? SuspendedFor, DateTimeOffset? ClosesAt, string NameKey, TenantId InfrastructureId, int Version);

internal sealed class ListBusinessesValidator : AbstractValidator<ListBusinesses>
{
    public ListBusinessesValidator() => RuleFor(query => query.Q).MaximumLength(200);
}

internal sealed class ListBusinessesHandler(IReadStore reads) : IRequestHandler<ListBusinesses, Page<BusinessRecord>>
{
    public async Task<Page<BusinessRecord>> Handle(ListBusinesses query, CancellationToken cancellationToken)
    {
        var list = $"businesses\n{query.Status}\n{query.Mode}\n{query.Infrastructure}\n{query.Q}";
        var after = query.Page.After(list);
        var rows = await reads.List<BusinessRecord>(
            """
            select * from rm.businesses
             where (@status::text is null or status = @status) and (@mode::text is null or mode = @mode)
               and (@infrastructure::uuid is null or infrastructure_id = @infrastructure)
               and not exists (select from unnest(@words) as w (word) where strpos(name_key || ' ' || subdomain, w.word) = 0)
               and (@after_name::text is null or (name_key, business_id) > (@after_name, @after_id))
             order by name_key, business_id limit @rows
            """,
            new { query.Status, query.Mode, query.Infrastructure, Words = SearchText.Words(query.Q), AfterName = after?.Text(0), AfterId = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, row => [row.NameKey, row.BusinessId]);
    }
}

/// <summary>Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetBusinessRecord(TenantId BusinessId) : IRequest<BusinessRecord>;

internal sealed class GetBusinessRecordHandler(IReadStore reads) : IRequestHandler<GetBusinessRecord, BusinessRecord>
{
    public async Task<BusinessRecord> Handle(GetBusinessRecord query, CancellationToken cancellationToken) =>
        await reads.Find<BusinessRecord>("select * from rm.businesses where business_id = @business_id", new { query.BusinessId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("business"));
}
