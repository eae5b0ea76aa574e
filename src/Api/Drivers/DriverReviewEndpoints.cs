using Mainstreet.Api.Http;
using Mainstreet.Api.Privacy;
using Mainstreet.Application.Drivers;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Api.Drivers;

/// <summary>Checking who wants to drive (IAM-08): paper by paper, then the applicant.</summary>
internal static class DriverReviewEndpoints
{
    public static void MapDriverReviews(this IEndpointRouteBuilder api)
    {
        var applications = api.MapGroup("/business/driver-applications").WithTags("Driver applications").RequirePermission(Permissions.DriversReview);
        applications.MapGet("/", List).WithName("ListDriverApplications");
        var one = applications.MapGroup("/{applicationId:guid}");
        one.MapGet("/", Get).WithName("GetDriverApplication");
        one.MapPost("/approve", Approve).WithName("ApproveDriverApplication").Refuses(409, "illegal_transition", "documents_missing");
        one.MapPost("/reject", Reject).WithName("RejectDriverApplication").Refuses(400, "reason_invalid").Refuses(409, "illegal_transition");
        var document = one.MapGroup("/documents/{documentId:guid}");
        document.MapGet("/file", GetFile).WithName("GetDriverDocumentFile")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf", additionalContentTypes: ["image/jpeg", "image/png"]);
        document.MapPost("/approve", ApproveDocument).WithName("ApproveDriverDocument").Refuses(400, "document_expired").Refuses(409, "illegal_transition");
        document.MapPost("/reject", RejectDocument).WithName("RejectDriverDocument").Refuses(400, "reason_invalid").Refuses(409, "illegal_transition");
        api.MapPost("/business/driver-applications/{applicationId:guid}/erase", Erase).WithName("EraseDriverApplication").WithTags("Privacy")
            .RequirePermission(Permissions.CustomersErase).For(Purpose.Attend).RequireStepUp();
    }

    private static async Task<PageAnswer<DriverApplicationBody>> List(
        Paging paging, Choice<ApplicantStatus>? status, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListApplicants(paging, status?.Value), cancellationToken), DriverApplicationBody.Of);

    private static async Task<OkAnswer<DriverApplicationBody>> Get(Guid applicationId, IMediator mediator, CancellationToken cancellationToken)
    {
        var applicant = await mediator.Send(new GetApplicant(new(applicationId)), cancellationToken);
        return Answers.Ok(DriverApplicationBody.Of(applicant), applicant.Version);
    }

    /// <summary>To be saved and not shown: it comes from a stranger.</summary>
    private static async Task<IResult> GetFile(Guid applicationId, Guid documentId, HttpContext http, IMediator mediator, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new GetDocumentFile(new(applicationId), new(documentId)), cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(file.Content, file.ContentType, $"{documentId}.{file.ContentType.Split('/')[1]}");
    }

    private static async Task<NoContentAnswer> Approve(Guid applicationId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ApproveApplicant(new(applicationId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Reject(
        Guid applicationId, ReviewReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RejectApplicant(new(applicationId), request.Reason, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> ApproveDocument(
        Guid applicationId, Guid documentId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ApproveDocument(new(applicationId), new(documentId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> RejectDocument(
        Guid applicationId, Guid documentId, ReviewReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RejectDocument(new(applicationId), new(documentId), request.Reason, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Erase(Guid applicationId, EraseCustomerRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new EraseApplicant(new(applicationId), request.Reason), cancellationToken));
}

/// <param name="Reason">1 to 500 characters; the applicant sees why a document was rejected.</param>
internal sealed record ReviewReasonRequest(string Reason);

/// <param name="Reason">Why the application was rejected.</param>
/// <param name="DriverId">Of the driver whom an approval has made.</param>
internal sealed record DriverApplicationBody(
    Guid Id, string Name, string Email, string? Phone, VehicleType VehicleType, string? Plate, ApplicantStatus Status, string? Reason, Guid? DriverId,
    IReadOnlyList<DriverDocumentBody> Documents, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DriverApplicationBody Of(ApplicantView applicant) => new(
        applicant.ApplicantId.Value, applicant.Name, applicant.Email, applicant.Phone, applicant.Vehicle, applicant.Plate, applicant.Status, applicant.Reason,
        applicant.DriverId?.Value, [.. applicant.Documents.Select(DriverDocumentBody.Of)], applicant.Version, applicant.AppliedAt, applicant.UpdatedAt);
}
