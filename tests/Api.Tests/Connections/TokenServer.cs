using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Api.Tests.Connections;

/// <summary>A provider's token endpoint on a real port. What it answers follows from the refresh token: "refused", "away", or any other.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> asked = new();

    private TokenServer(WebApplication app) => this.app = app;

    public string Url => $"{app.Urls.Single()}/token";

    /// <summary>How often it was asked for a new token.</summary>
    public int Count => asked.Count;

    public static async Task<TokenServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new TokenServer(builder.Build());
        server.app.MapPost("/token", server.Answer);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Answer(HttpRequest request)
    {
        var refreshToken = (await request.ReadFormAsync())["refresh_token"].ToString();
        asked.Enqueue(refreshToken);
        return refreshToken switch
        {
            "refused" => Results.Text("""{"error":"invalid_grant"}""", "application/json", statusCode: 400),
            "away" => Results.StatusCode(503),
            _ => Results.Text($$"""{"access_token":"access-{{Guid.NewGuid():N}}","expires_in":3600,"token_type":"Bearer"}""", "application/json"),
        };
    }
}
