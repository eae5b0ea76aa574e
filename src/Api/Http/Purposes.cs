using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Api.Http;

/// <summary>What an endpoint is for, which decides in which states of a business it lets through. Left out: reads attend, the others trade.</summary>
internal sealed record PurposeRule(Purpose Purpose);

internal static class Purposes
{
    public static TBuilder For<TBuilder>(this TBuilder builder, Purpose purpose) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new PurposeRule(purpose));

    public static Purpose Of(HttpContext http, Endpoint endpoint) => endpoint.Metadata.GetMetadata<PurposeRule>()?.Purpose
        ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? Purpose.Attend : Purpose.Trade);
}

/// <summary>Lets requests through as the state of their business has it.</summary>
internal sealed class BusinessGate(IBusinessStates states, RequestContext context)
{
    /// <param name="http">The request, whose purpose is kept for its commits.</param>
    /// <param name="endpoint">What is asked for.</param>
    /// <param name="business">Null: it concerns none.</param>
    public async Task Pass(HttpContext http, Endpoint endpoint, TenantId? business)
    {
        context.Purpose = Purposes.Of(http, endpoint);
        if (business is { } concerned)
        {
            var status = await states.Of(concerned, http.RequestAborted);
            Check.That(status.Allows(context.Purpose), BusinessErrors.NotOpen(status));
        }
    }
}
