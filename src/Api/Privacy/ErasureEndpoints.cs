using Mainstreet.Api.Businesses;
using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Api.Privacy;

/// <summary>Erasing a customer, with a certificate of it (SEC-04).</summary>
internal static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder api)
    {
        var customer = api.MapGroup("/business/customers/{customerId:guid}").WithTags("Privacy").RequirePermission(Permissions.CustomersErase);
        customer.MapPost("/erase", Erase).WithName("EraseCustomer").For(Purpose.Attend).RequireStepUp().Refuses(409, "customer_has_open_orders", "legal_hold").Refuses(410, "customer_merged");
        customer.MapGet("/erasure", Get).WithName("GetErasure");
        api.MapPost("/admin/businesses/{businessId:guid}/customers/{customerId:guid}/erase", EraseOf).WithName("EraseCustomerOf").WithTags("Platform").OnPlatform().OfOwnBusinesses()
            .RequirePermission(Permissions.BusinessesManage).For(Purpose.Erase).RequireStepUp().Refuses(409, "customer_has_open_orders", "legal_hold").Refuses(410, "customer_merged");
    }

    private static async Task<CreatedAnswer<ErasureReceiptBody>> Erase(Guid customerId, EraseCustomerRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var erased = await mediator.Send(new EraseSubject(new CustomerId(customerId), request.Reason), cancellationToken);
        return Answers.Created($"/business/customers/{customerId}/erasure", ErasureReceiptBody.Of(erased), erased);
    }

    /// <summary>Where a closed business has nobody left to do it. The commit is the business's, so its position is of no use here.</summary>
    private static async Task<OkAnswer<ErasureReceiptBody>> EraseOf(
        Guid businessId, Guid customerId, EraseCustomerRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(ErasureReceiptBody.Of((await mediator.Send(new EraseSubjectOf(new(businessId), new(customerId), request.Reason), cancellationToken)).There));

    private static async Task<OkAnswer<ErasureBody>> Get(Guid customerId, IMediator mediator, CancellationToken cancellationToken)
    {
        var certificate = await mediator.Send(new GetErasure(new CustomerId(customerId)), cancellationToken);
        return Answers.Ok(ErasureBody.Of(certificate), certificate.Erasure.Version);
    }
}

internal sealed record EraseCustomerRequest(ErasureReason Reason);

/// <summary>The erasure as it was recorded, now or by an earlier request; its certificate stands where Location says.</summary>
/// <param name="By">The user who asked for it, or the account of the customer who did.</param>
/// <param name="Events">Events whose personal data became unreadable.</param>
internal sealed record ErasureReceiptBody(Guid CustomerId, ErasureReason Reason, Guid? By, long Events, DateTimeOffset ErasedAt)
{
    public static ErasureReceiptBody Of(ErasureReceipt erased) => new(erased.SubjectId, erased.Reason, erased.By?.Value, erased.Events, erased.ErasedAt);
}

/// <summary>The certificate of an erasure. It goes on changing until status is completed.</summary>
/// <param name="Id">Of the event that records it, which receivers of the log know too.</param>
/// <param name="Status">completed: nothing of the business's data names the person any more.</param>
/// <param name="By">The user who asked for it, or the account of the customer who did.</param>
/// <param name="Events">Events whose personal data became unreadable.</param>
/// <param name="ReadModels">Where data stood in the clear, and how far it is removed.</param>
internal sealed record ErasureBody(
    Guid Id, Guid CustomerId, ErasureStatus Status, ErasureReason Reason, Guid? By, long Events, IReadOnlyList<ErasedView> ReadModels, DateTimeOffset ErasedAt)
{
    public static ErasureBody Of(ErasureCertificate certificate) => new(
        certificate.Erasure.ErasureId, certificate.Erasure.SubjectId,
        certificate.Views.All(view => view.Status == ErasedViewStatus.Clean) ? ErasureStatus.Completed
        : certificate.Views.Any(view => view.Status == ErasedViewStatus.Failed) ? ErasureStatus.Failed
        : ErasureStatus.Executing,
        certificate.Erasure.Reason, certificate.Erasure.By?.Value, certificate.Erasure.Events, certificate.Views, certificate.Erasure.ErasedAt);
}

internal enum ErasureStatus
{
    /// <summary>The key is destroyed, so the log is unreadable; read models are being cleaned.</summary>
    Executing,

    Completed,

    /// <summary>A read model could not be folded again.</summary>
    Failed,
}
