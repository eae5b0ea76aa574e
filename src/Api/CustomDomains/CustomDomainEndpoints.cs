using Mainstreet.Api.Businesses;
using Mainstreet.Api.Http;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.CustomDomains;
using MediatR;

namespace Mainstreet.Api.CustomDomains;

/// <summary>Domains of a business's own, under which its storefront is found once it has proved them (WL-04).</summary>
internal static class CustomDomainEndpoints
{
    public static void MapCustomDomains(this IEndpointRouteBuilder api)
    {
        var domains = api.MapGroup("/business/domains").WithTags("Domains").OnPlatform();
        domains.MapGet("/", List).WithName("ListCustomDomains").RequirePermission(Permissions.BusinessRead);
        domains.MapGet("/{domainId:guid}", Get).WithName("GetCustomDomain").RequirePermission(Permissions.BusinessRead);
        domains.MapPost("/", Add).WithName("AddCustomDomain").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, "domain_invalid").Refuses(403, "custom_domain_not_in_plan")
            .Refuses(409, "domain_reserved", "domain_not_for_tests", "domain_exists", "domain_limit_reached");
        domains.MapPost("/{domainId:guid}/verify", Verify).WithName("VerifyCustomDomain").RequirePermission(Permissions.BusinessWrite)
            .Refuses(403, "custom_domain_not_in_plan").Refuses(409, "domain_taken", "domain_challenge_expired").Refuses(503, "dns_unavailable");
        domains.MapDelete("/{domainId:guid}", Remove).WithName("RemoveCustomDomain").RequirePermission(Permissions.BusinessWrite).For(Purpose.Attend);

        api.MapPut("/admin/businesses/{businessId:guid}/domains/{domainId:guid}/certificate", Report).WithName("ReportCertificate").WithTags("Platform")
            .OnPlatform().OfOwnBusinesses().RequirePermission(Permissions.BusinessesManage).Refuses(409, "domain_not_verified");
        api.MapPut("/sandbox/dns", SetTxt).WithName("SetSandboxTxt").WithTags("Sandbox").RequirePermission(Permissions.SandboxWrite).For(Purpose.Attend);
    }

    private static async Task<OkAnswer<CustomDomainListBody>> List(Caller caller, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken) => Answers.Ok(
        new CustomDomainListBody([.. (await mediator.Send(new ListCustomDomains(caller.Grant.TenantId), cancellationToken)).Select(row => CustomDomainBody.Of(row, clock.GetUtcNow()))]));

    private static async Task<OkAnswer<CustomDomainBody>> Get(Guid domainId, Caller caller, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var domain = await Find(new(domainId), caller, clock, mediator, cancellationToken);
        return Answers.Ok(domain.Body, domain.Version);
    }

    private static async Task<CreatedAnswer<CustomDomainBody>> Add(
        AddCustomDomainRequest request, Caller caller, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AddCustomDomain(caller.Grant.TenantId, request.Domain), cancellationToken);
        return Answers.Created($"/business/domains/{receipt.DomainId}", (await Find(receipt.DomainId, caller, clock, mediator, cancellationToken)).Body, receipt);
    }

    private static async Task<OkAnswer<CustomDomainBody>> Verify(Guid domainId, Caller caller, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var committed = await mediator.Send(new VerifyCustomDomain(caller.Grant.TenantId, new(domainId)), cancellationToken);
        return Answers.Ok((await Find(new(domainId), caller, clock, mediator, cancellationToken)).Body, committed);
    }

    private static async Task<NoContentAnswer> Remove(Guid domainId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveCustomDomain(caller.Grant.TenantId, new(domainId)), cancellationToken));

    private static async Task<NoContentAnswer> Report(
        Guid businessId, Guid domainId, ReportCertificateRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReportCertificate(new(businessId), new(domainId), request.Status, request.ValidUntil), cancellationToken));

    private static async Task<NoContentAnswer> SetTxt(SetSandboxTxtRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetSandboxTxt(request.Name, request.Texts), cancellationToken));

    private static async Task<(CustomDomainBody Body, int Version)> Find(
        Domain.CustomDomainId id, Caller caller, TimeProvider clock, IMediator mediator, CancellationToken cancellationToken)
    {
        var row = await mediator.Send(new GetCustomDomain(caller.Grant.TenantId, id), cancellationToken);
        return (CustomDomainBody.Of(row, clock.GetUtcNow()), row.Version);
    }
}

/// <param name="Domain">A host name such as shop.example.com, in letters of any script. Of a test business: one that ends with .test.</param>
internal sealed record AddCustomDomainRequest(string Domain);

/// <param name="Status">How far it is.</param>
/// <param name="ValidUntil">Of a certificate that was issued.</param>
internal sealed record ReportCertificateRequest(CertificateStatus Status, DateTimeOffset? ValidUntil = null);

/// <summary>What a name server tells the test business from now on.</summary>
/// <param name="Name">Of the TXT records.</param>
/// <param name="Texts">All of them; none removes them.</param>
internal sealed record SetSandboxTxtRequest(string Name, string[] Texts);

internal sealed record CustomDomainListBody(CustomDomainBody[] Data);

internal enum CustomDomainStatus
{
    Pending,
    Verified,
    Failed,
    Expired,
}

/// <param name="Domain">In lower case, and in ASCII as name servers have it.</param>
/// <param name="Status">pending: the record was not looked for yet. failed: it was not there, and failure says why. expired: it was not there in time; add the domain again.</param>
/// <param name="Record">What to add to the domain, so that verify finds it.</param>
/// <param name="ExpiresAt">Until when it has to be found.</param>
internal sealed record CustomDomainBody(
    Guid Id, string Domain, CustomDomainStatus Status, VerificationFailure? Failure, TxtRecordBody Record, DateTimeOffset? ExpiresAt, DateTimeOffset AddedAt,
    DateTimeOffset? VerifiedAt, CertificateBody Certificate)
{
    public static CustomDomainBody Of(CustomDomainView row, DateTimeOffset now) => new(
        row.Id.Value, row.Host, StatusOf(row, now), row.Failure, new("TXT", CustomDomain.RecordOf(row.Host), row.Challenge),
        row.Status is VerificationStatus.Verified ? null : row.ExpiresAt, row.AddedAt, row.VerifiedAt, new(row.Certificate, row.CertificateUntil));

    private static CustomDomainStatus StatusOf(CustomDomainView row, DateTimeOffset now) => row.Status switch
    {
        VerificationStatus.Verified => CustomDomainStatus.Verified,
        VerificationStatus.Pending => now < row.ExpiresAt ? CustomDomainStatus.Pending : CustomDomainStatus.Expired,
        VerificationStatus.Failed => now < row.ExpiresAt ? CustomDomainStatus.Failed : CustomDomainStatus.Expired,
    };
}

internal sealed record TxtRecordBody(string Type, string Name, string Value);

internal sealed record CertificateBody(CertificateStatus Status, DateTimeOffset? ValidUntil);
