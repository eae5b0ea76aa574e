using System.Globalization;
using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Pos;
using MediatR;

namespace Mainstreet.Api.Pos;

/// <summary>Receipts in the form that the caller accepts: as lines, to print from a browser, or for a thermal printer (POS-04).</summary>
internal static class ReceiptEndpoint
{
    private const int MinColumns = 24;
    private const int MaxColumns = 80;

    public static void MapReceipts(this IEndpointRouteBuilder api) =>
        api.MapGet("/business/sales/{saleId:guid}/receipt", Get).WithName("GetReceipt").WithTags("Point of sale").RequirePermission(Permissions.SalesRead)
            .Produces<Receipt>(StatusCodes.Status200OK, "application/json", "text/html", EscPos.MediaType)
            .WithMetadata(new ReadsParameter("Accept", InQuery: false, $"text/html: a page to print. {EscPos.MediaType} or application/octet-stream: bytes for a thermal printer. Else: lines."));

    private static async Task Get(Guid saleId, int? columns, IMediator mediator, HttpContext http, CancellationToken cancellationToken)
    {
        if (columns is < MinColumns or > MaxColumns)
        {
            throw ProblemException.Parameter("columns", string.Create(CultureInfo.InvariantCulture, $"A printer has {MinColumns} to {MaxColumns} columns."));
        }

        var wanted = Wanted(http);
        var receipt = await mediator.Send(new GetReceipt(new(saleId), ForPrinter: wanted is EscPos.MediaType or "application/octet-stream"), cancellationToken);
        http.Response.Headers.Vary = "Accept";
        switch (wanted)
        {
            case "text/html":
                http.Response.ContentType = "text/html; charset=utf-8";
                http.Response.Headers.ContentSecurityPolicy = ReceiptPage.Policy;
                await http.Response.WriteAsync(ReceiptPage.Of(receipt), cancellationToken);
                break;
            case EscPos.MediaType or "application/octet-stream":
                http.Response.ContentType = wanted;
                await http.Response.Body.WriteAsync(EscPos.Of(receipt, columns ?? EscPos.DefaultColumns), cancellationToken);
                break;
            default:
                await http.Response.WriteAsJsonAsync(receipt, cancellationToken);
                break;
        }
    }

    /// <summary>The form that the caller likes best of those that there are.</summary>
    private static string? Wanted(HttpContext http) => http.Request.GetTypedHeaders().Accept
        .Where(accepted => accepted.MediaType.Value is "application/json" or "text/html" or EscPos.MediaType or "application/octet-stream")
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .FirstOrDefault()?.MediaType.Value;
}
