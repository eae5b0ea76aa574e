using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application;
using Mainstreet.Application.Drivers;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Api.Drivers;

/// <summary>Whoever wants to drive for a business applies at its storefront (IAM-08), and goes on with the code that comes by mail.</summary>
internal static class DriverApplicationEndpoints
{
    private const int Base64OfLargest = (DocumentFile.MaxSize + 2) / 3 * 4;

    /// <summary>What stands around the file.</summary>
    private const int Envelope = 16 * 1024;

    public static void MapDriverApplications(this IEndpointRouteBuilder api)
    {
        var applications = api.MapGroup("/storefronts/{subdomain}/driver-applications").WithTags("Driver applications").ResolveTenant<StorefrontTenant>()
            .Public(readsToken: false).Refuses(404, "not_found");
        applications.MapPost("/", Apply).WithName("ApplyToDrive").Refuses(400, "name_invalid", "phone_invalid", "document_invalid")
            .Refuses(429, TooManyAttemptsException.Code).Produces(StatusCodes.Status202Accepted);
        applications.MapPost("/documents", Submit).WithName("SubmitDriverDocument").AllowBody(Base64OfLargest + Envelope)
            .Refuses(400, "mail_token_invalid", "document_invalid", "document_expired", "file_type_unknown").Refuses(409, "illegal_transition", "too_many_documents");
        applications.MapPost("/status", Status).WithName("GetMyDriverApplication").For(Purpose.Attend).Refuses(400, "mail_token_invalid");
        applications.MapPost("/withdraw", Withdraw).WithName("WithdrawDriverApplication").For(Purpose.Attend).Refuses(400, "mail_token_invalid");
    }

    private static async Task<IResult> Apply(string subdomain, ApplyToDriveRequest request, CallingClient client, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ApplyToDrive(request.Name, request.Email, request.Phone, request.VehicleType, request.Plate, client.Client), cancellationToken);
        return Results.Accepted();
    }

    private static async Task<NoContentAnswer> Submit(string subdomain, SubmitDocumentRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SubmitDocument(request.Token, request.Kind, request.Number, request.ExpiresOn, request.File), cancellationToken));

    /// <summary>A read by POST, because the code is in the body: addresses get into logs.</summary>
    private static async Task<OkAnswer<MyApplicationBody>> Status(
        string subdomain, ApplicationCodeRequest request, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken) =>
        Answers.Ok(MyApplicationBody.Of(await mediator.Send(new GetMyApplication(request.Token), cancellationToken), clock.GetUtcNow()));

    private static async Task<NoContentAnswer> Withdraw(string subdomain, ApplicationCodeRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new WithdrawApplication(request.Token), cancellationToken));
}

/// <param name="Email">To which the code is sent, whether or not somebody has applied with it before.</param>
internal sealed record ApplyToDriveRequest(string Name, string Email, VehicleType VehicleType, string? Phone = null, string? Plate = null);

/// <param name="Token">From the mail.</param>
/// <param name="ExpiresOn">The last day, in UTC, on which the document is good; only a vehicle's registration may have none.</param>
/// <param name="File">PDF, JPEG or PNG in base64, at most 3 MB; what it is, its first bytes say.</param>
internal sealed record SubmitDocumentRequest(string Token, DocumentKind Kind, string Number, byte[] File, DateOnly? ExpiresOn = null);

/// <param name="Token">From the mail.</param>
internal sealed record ApplicationCodeRequest(string Token);

/// <param name="Missing">What is needed for the vehicle, and was not approved or is not good any more.</param>
internal sealed record MyApplicationBody(ApplicantStatus Status, VehicleType VehicleType, IReadOnlyList<DocumentKind> Missing, IReadOnlyList<DriverDocumentBody> Documents)
{
    public static MyApplicationBody Of(Applicant applicant, DateTimeOffset now) =>
        new(applicant.Status, applicant.Vehicle, applicant.Missing(now), [.. applicant.Documents.Select(DriverDocumentBody.Of)]);
}

/// <param name="Reason">Why it was rejected.</param>
internal sealed record DriverDocumentBody(
    Guid Id, DocumentKind Kind, string Number, DateOnly? ExpiresOn, DocumentStatus Status, string? Reason, string ContentType, int Size, DateTimeOffset SubmittedAt)
{
    public static DriverDocumentBody Of(ApplicantDocument document) => new(
        document.Id.Value, document.Kind, document.Number, document.ExpiresOn, document.Status, document.Reason, document.ContentType, document.Size, document.SubmittedAt);
}
