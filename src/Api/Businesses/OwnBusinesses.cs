using Mainstreet.Api.Http;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Businesses;

/// <summary>Operators of one infrastructure see and run its businesses alone; those of the platform all (TEN-07).</summary>
internal static class OwnBusinesses
{
    /// <summary>Whose businesses the caller operates; null: all.</summary>
    public static TenantId? InfrastructureOf(Caller caller) => caller.Grant.Role == Roles.InfrastructureAdmin ? caller.Grant.TenantId : null;

    /// <summary>A business of another infrastructure is none: 404, as if there were nothing. The route names it as <c>{businessId}</c>.</summary>
    public static TBuilder OfOwnBusinesses<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (http.Request.RouteValues["businessId"] is { } named && InfrastructureOf(http.Features.Get<Caller>()!) is { } own)
            {
                var business = new TenantId(Guid.Parse(named.ToString()!));
                var record = await http.RequestServices.GetRequiredService<IMediator>().Send(new GetBusinessRecord(business), http.RequestAborted);
                if (record.InfrastructureId != own)
                {
                    http.Features.Set(new OtherBusiness());
                    throw new DomainException(DomainError.NotFound("business"));
                }
            }

            return await next(context);
        });
}
