using System.Globalization;
using System.Text;
using Mainstreet.Api.Http;
using Mainstreet.Application.Exports;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payouts;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Api.Payouts;

/// <summary>What a business is paid, line by line (PAY-05), and how it does (PAY-07).</summary>
internal static class PayoutEndpoints
{
    private const string Csv = "text/csv";

    public static void MapPayouts(this IEndpointRouteBuilder api)
    {
        var payouts = api.MapGroup("/business/payouts").WithTags("Payouts").RequirePermission(Permissions.PayoutsRead);
        payouts.MapGet("/", List).WithName("ListPayouts");
        payouts.MapGet("/{payoutId:guid}", Get).WithName("GetPayout").LooksBack();
        payouts.MapGet("/{payoutId:guid}/statement", Statement).WithName("GetPayoutStatement")
            .Produces<PayoutStatementBody>(StatusCodes.Status200OK, "application/json", Csv)
            .WithMetadata(new ReadsParameter("Accept", InQuery: false, $"{Csv}: the lines as a file. Else: all of it."));
        api.MapGet("/business/payout-terms", Terms).WithTags("Payouts").WithName("GetPayoutTerms").RequirePermission(Permissions.PayoutsRead);
        api.MapGet("/financial-summary", Summary).WithTags("Payouts").WithName("GetFinancialSummary").RequirePermission(Permissions.PayoutsRead).Refuses(400, "period_invalid");
    }

    private static async Task<PageAnswer<PayoutBody>> List(Paging paging, Choice<PayoutStatus>? status, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListPayouts(paging, status?.Value), cancellationToken), PayoutBody.Of);

    private static async Task<OkAnswer<PayoutBody>> Get(Guid payoutId, IMediator mediator, CancellationToken cancellationToken)
    {
        var payout = await mediator.Send(new GetPayout(new(payoutId)), cancellationToken);
        return Answers.Ok(PayoutBody.Of(payout), payout.Version);
    }

    private static async Task Statement(Guid payoutId, IMediator mediator, HttpContext http, CancellationToken cancellationToken)
    {
        var statement = PayoutStatementBody.Of(await mediator.Send(new GetPayoutStatement(new(payoutId)), cancellationToken));
        http.Response.Headers.Vary = "Accept";
        if (!http.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Value == Csv))
        {
            await http.Response.WriteAsJsonAsync(statement, cancellationToken);
            return;
        }

        http.Response.ContentType = $"{Csv}; charset=utf-8";
        await http.Response.WriteAsync(AsCsv(statement), cancellationToken);
    }

    /// <summary>Amounts in minor units, as everywhere. The first line is the opening balance, the last the closing one.</summary>
    private static string AsCsv(PayoutStatementBody statement)
    {
        var text = new StringBuilder("number,at,kind,source,source_id,amount,balance,currency,note\n");
        Line("", "", "opening", "", "", statement.Opening.Amount, statement.Opening.Amount, "");
        foreach (var line in statement.Lines)
        {
            Line(
                line.Number.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("O"), Named(line.Kind), line.Source is { } source ? Named(source) : "",
                line.SourceId?.ToString() ?? "", line.Amount.Amount, line.Balance.Amount, line.Note ?? "");
        }

        Line("", "", "closing", "", "", statement.Closing.Amount, statement.Closing.Amount, "");
        return text.ToString();

        void Line(string number, string at, string kind, string source, string id, long amount, long balance, string note) => text.Append(
            CultureInfo.InvariantCulture, $"{number},{at},{kind},{source},{id},{amount},{balance},{statement.Opening.Currency},{Quoted(note)}\n");
    }

    private static string Quoted(string note) => note.Length == 0 ? "" : $"\"{SpreadsheetText.Harmless(note).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Named<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static async Task<OkAnswer<PayoutTermsBody>> Terms(IMediator mediator, CancellationToken cancellationToken)
    {
        var agreed = await mediator.Send(new Application.Payouts.GetPayoutTerms(), cancellationToken);
        return Answers.Ok(PayoutTermsBody.Of(agreed), agreed.Version);
    }

    private static async Task<OkAnswer<FinancialSummary>> Summary(Day? from, Day? to, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(await mediator.Send(new GetFinancialSummary(from?.Value, to?.Value), cancellationToken));
}
