using System.Text.Json.Nodes;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Http;

/// <summary>
/// <c>Prefer: handling=dry-run</c> on any write: it is decided and checked as ever and then rolled back, and the answer tells what would
/// have come of it. Refusals are those of the real request. Runs when caller and tenant are known.
/// </summary>
internal sealed class DryRunMiddleware(RequestDelegate next)
{
    public const string Header = "Prefer";
    public const string Preference = "handling=dry-run";

    public async Task InvokeAsync(HttpContext http, RequestContext context)
    {
        if (!IsAsked(http.Request))
        {
            await next(http);
            return;
        }

        var run = context.DryRun = new DryRun();
        var answer = http.Response.Body;
        await using var kept = new MemoryStream();
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answer;
        }

        if (http.Response.StatusCode is >= 200 and < 300)
        {
            await Tell(http, run, kept);
        }
        else
        {
            kept.Position = 0;
            await kept.CopyToAsync(answer, http.RequestAborted);
        }
    }

    private static bool IsAsked(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers[Header].SelectMany(line => (line ?? "").Split(','))
            .Any(preference => preference.Split(';')[0].Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)
                .Equals(Preference, StringComparison.OrdinalIgnoreCase));

    private static Task Tell(HttpContext http, DryRun run, MemoryStream kept)
    {
        var response = http.Response;
        var body = new DryRunBody(
            response.StatusCode, kept.Length == 0 ? null : JsonNode.Parse(kept.GetBuffer().AsSpan(0, (int)kept.Length)), [.. run.Events.Select(e => DryRunEventBody.Of(e, ReadsTheLog(http)))],
            ReadsTheLog(http) ? [.. run.States.Select(DryRunStateBody.Of)] : []);
        response.StatusCode = StatusCodes.Status200OK;
        foreach (var name in (string[])[HeaderNames.Location, HeaderNames.ETag, HeaderNames.ContentLength, HeaderNames.ContentType, "Event-Position"])
        {
            response.Headers.Remove(name);
        }

        response.Headers["Preference-Applied"] = Preference;
        return response.WriteAsJsonAsync(body, http.RequestAborted);
    }

    /// <summary>Events hold more than those who cause them may see: a guest's order is one of the stock as well.</summary>
    private static bool ReadsTheLog(HttpContext http) =>
        http.Features.Get<Caller>()?.Permissions.Contains(Permissions.HistoryRead) == true;
}

/// <summary>What a write would have done.</summary>
/// <param name="Status">Of the answer that it would have had.</param>
/// <param name="Result">The body of that answer; left out where it has none.</param>
/// <param name="Events">What would have been recorded, in order.</param>
/// <param name="State">The changed things as they would be, for those who may read the history.</param>
internal sealed record DryRunBody(int Status, JsonNode? Result, DryRunEventBody[] Events, DryRunStateBody[] State);

/// <param name="Data">The event, for those who may read the history.</param>
internal sealed record DryRunEventBody(string Type, int SchemaVersion, DryRunSubjectBody? Subject, JsonNode? Data)
{
    public static DryRunEventBody Of(DryEvent e, bool isWhole) => isWhole
        ? new(e.Type, e.SchemaVersion, new(e.Subject, e.SubjectId, e.Version), e.Data)
        : new(e.Type, e.SchemaVersion, Subject: null, Data: null);
}

/// <param name="Version">After the event.</param>
internal sealed record DryRunSubjectBody(string Type, Guid Id, int Version);

/// <param name="Views">What is kept of it, by name.</param>
internal sealed record DryRunStateBody(DryRunSubjectBody Subject, JsonObject Views)
{
    public static DryRunStateBody Of(DryState state) => new(new(state.Subject, state.SubjectId, state.Version), state.Views);
}
