using System.Net;
using Mainstreet.Application.Connections;
using Mainstreet.Application.Tests.Webhooks;
using Mainstreet.Infrastructure.Connections;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Connections;

/// <summary>Answers are as Google's token endpoint gives them.</summary>
public class RefreshingATokenByOAuth
{
    [Fact]
    public async Task The_endpoint_is_asked_as_RFC_6749_says()
    {
        await using var provider = Receiver.Answering("""
            HTTP/1.1 200 OK
            Content-Type: application/json; charset=utf-8
            Content-Length: 162

            {"access_token":"ya29.a0AfH6SMBx","expires_in":3599,"scope":"https://www.googleapis.com/auth/business.manage","token_type":"Bearer","refresh_token_expires_in":1}  
            """);
        var answer = await Ask(provider, "1//0g+refresh/token");
        answer.Tokens.ShouldBe(new NewTokens("ya29.a0AfH6SMBx", null, TimeSpan.FromSeconds(3599)));
        var request = provider.Requests.ShouldHaveSingleItem();
        request.ShouldContain("Content-Type: application/x-www-form-urlencoded\r\n");
        request.ShouldEndWith("\r\n\r\ngrant_type=refresh_token&refresh_token=1%2F%2F0g%2Brefresh%2Ftoken&client_id=id.apps&client_secret=GOCSPX%26secret");
        answer.ToString().ShouldNotContain("ya29");
    }

    [Fact]
    public async Task A_next_refresh_token_is_taken_and_a_life_that_is_not_told_is_an_hour() =>
        (await Said(200, """{"access_token":"a","refresh_token":"r2"}""")).Tokens.ShouldBe(new NewTokens("a", "r2", TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", "invalid_grant", null)]
    [InlineData(401, """{"error":"invalid_client","error_description":"Unauthorized"}""", null, "invalid_client")]
    [InlineData(400, "not json", null, "status_400")]
    [InlineData(200, """{"token_type":"Bearer"}""", null, "status_200")]
    [InlineData(503, """{"error":"Some <b>text</b> of theirs"}""", null, "status_503")]
    [InlineData(302, "", null, "status_302")]
    public async Task What_it_refuses_and_what_passes_is_told_apart(int status, string body, string? refused, string? unavailable)
    {
        var answer = await Said(status, body);
        (answer.Tokens, answer.Refused, answer.Unavailable).ShouldBe((null, refused, unavailable));
    }

    [Fact]
    public async Task It_is_asked_where_the_public_internet_is_and_nowhere_else()
    {
        await using var canary = new Receiver();
        using var transport = new WebhookTransport(new WebhookOptions(), TimeProvider.System);
        (await new OAuthTokens(transport, Client(canary)).Refresh("r", TestContext.Current.CancellationToken)).Unavailable.ShouldBe("address_refused");
        canary.Connections.ShouldBe(0);
    }

    private static async Task<TokenAnswer> Said(int status, string body)
    {
        await using var provider = Receiver.Answering($"HTTP/1.1 {status} X\nContent-Length: {body.Length}\n\n{body}");
        return await Ask(provider, "r");
    }

    private static async Task<TokenAnswer> Ask(Receiver provider, string refreshToken)
    {
        using var transport = new WebhookTransport(new WebhookOptions { AllowedNetworks = [new IPNetwork(IPAddress.Loopback, 32).ToString()] }, TimeProvider.System);
        return await new OAuthTokens(transport, Client(provider)).Refresh(refreshToken, TestContext.Current.CancellationToken);
    }

    private static OAuthClient Client(Receiver provider) => new() { TokenUrl = provider.Url().ToString(), ClientId = "id.apps", ClientSecret = "GOCSPX&secret" };
}
