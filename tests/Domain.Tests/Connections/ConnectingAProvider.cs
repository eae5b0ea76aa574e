using Mainstreet.Domain.Connections;

namespace Mainstreet.Domain.Tests.Connections;

public class ConnectingAProvider
{
    private const string Account = "projects/acme/subscriptions/reviews";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ConnectionId Id = new(Uuid.Named("connection"));
    private static readonly ConnectionProvider Google = ConnectionProvider.Get("google");
    private static readonly ConnectionSecret Refresh = new("refresh_token", Uuid.Named("refresh"), Now);
    private static readonly ConnectionSecret Access = new("access_token", Uuid.Named("access"), Now);
    private static readonly ConnectionSecret Next = Access with { Id = Uuid.Named("next access") };

    private static readonly ConnectionRequested Requested = new(Id, "google", Account, Now);
    private static readonly ConnectionEstablished Established = new(Id, [Refresh, Access], Now.AddHours(1), Now);
    private static readonly TokenRefreshed Refreshed = new(Id, [Next], Now.AddHours(2), Now);
    private static readonly TokenRefreshFailed Failed = new(Id, "timeout", Now);
    private static readonly ReauthRequired Reauth = new(Id, "google", Account, "invalid_grant", Now);
    private static readonly ConnectionRevoked Revoked = new(Id, "by_business", Now);

    internal static ConnectionEvent[][] Streams => [[Requested, Established, Refreshed, Failed, Reauth, Established, Revoked]];

    internal static AccountClaimEvent[][] Claims =>
        [[new AccountClaimed(Id, new(Uuid.Named("business")), "google", Account, Now), new AccountReleased(Id, Now)]];

    [Fact]
    public void Its_account_is_named_as_the_provider_does()
    {
        New().WhenNew(() => Connection.Request(Id, Google, Account, Now)).Then(Requested).Status.ShouldBe(ConnectionStatus.Pending);
        foreach (var account in new[] { "", " ", "a b", "konto-ä", new string('a', 201) })
        {
            New().WhenNew(() => Connection.Request(Id, Google, account, Now)).ThenRejected("account_invalid").Place.ShouldBe("/account");
        }
    }

    [Fact]
    public void What_a_provider_needs_is_asked_for_by_name()
    {
        Refused("stripe", []).ShouldBe(("credential_required", "/credentials/webhook_secret"));
        Refused("whatsapp", [("webhook_secret", "s")]).ShouldBe(("credential_required", "/credentials/verify_token"));
        Refused("stripe", [("webhook_secret", "s"), ("refresh_token", "r")]).ShouldBe(("credential_unknown", "/credentials/refresh_token"));
        Refused("stripe", [("webhook_secret", " ")]).ShouldBe(("credential_invalid", "/credentials/webhook_secret"));
        Should.Throw<DomainException>(() => ConnectionProvider.Get("fax")).Error.Place.ShouldBe("/provider");
    }

    [Fact]
    public void Its_token_is_fresh_until_five_minutes_before_it_expires()
    {
        var connection = When([Requested], c => c.Establish([Refresh, Access], Now.AddHours(1), Now)).Then(Established);
        connection.RefreshAt.ShouldBe(Now.AddMinutes(55));
        connection.HasFreshToken(Now.AddMinutes(55).AddTicks(-1)).ShouldBeTrue();
        connection.HasFreshToken(Now.AddMinutes(55)).ShouldBeFalse();
        When([Requested], c => c.Establish([Refresh], null, Now)).Then(Established with { Secrets = [Refresh], TokenExpiresAt = Now }).HasFreshToken(Now).ShouldBeFalse();
        Connection.Evolve(Connection.Evolve(null, Requested with { Provider = "stripe" }), Established with { TokenExpiresAt = null }).HasFreshToken(Now).ShouldBeTrue();
    }

    [Fact]
    public void A_refresh_counts_for_the_refresh_token_that_was_shown()
    {
        When([Requested, Established], c => c.RecordRefresh(Refresh.Id, [Next], Now.AddHours(2), Now)).Then(Refreshed).SecretOf("access_token").ShouldBe(Next.Id);
        When([Requested, Established], c => c.RecordRefresh(Uuid.Named("of before"), [Next], Now.AddHours(2), Now)).ThenNothing();
        When([Requested, Established, Revoked], c => c.RecordRefresh(Refresh.Id, [Next], Now.AddHours(2), Now)).ThenNothing();
        When([Requested, Established], c => c.RequireReauth(Refresh.Id, "invalid_grant", Now)).Then(Reauth).Status.ShouldBe(ConnectionStatus.ReauthRequired);
        When([Requested, Established], c => c.RequireReauth(Uuid.Named("of before"), "invalid_grant", Now)).ThenNothing();
        When([Requested, Established], c => c.RecordFailure(Refresh.Id, "timeout", Now)).Then(Failed);
        When([Requested, Established, Failed], c => c.RecordFailure(Refresh.Id, "timeout", Now)).ThenNothing();
    }

    [Fact]
    public void It_is_used_while_it_is_connected()
    {
        Unusable(Requested).ShouldBe("connection_pending");
        Unusable(Requested, Established, Reauth).ShouldBe("connection_reauth_required");
        Unusable(Requested, Established, Revoked).ShouldBe("connection_revoked");
        When([Requested, Established, Reauth], c => c.Establish([Refresh, Access], Now.AddHours(1), Now)).Then(Established).Status.ShouldBe(ConnectionStatus.Connected);
        When([Requested, Established], c => c.Revoke("by_business", Now)).Then(Revoked).Secrets.ShouldBeEmpty();
        When([Requested, Established, Revoked], c => c.Revoke("by_business", Now)).ThenNothing();
        When([Requested, Revoked], c => c.Establish([], null, Now)).ThenRejected("connection_revoked");
    }

    private static (string Code, string? Place) Refused(string provider, (string Name, string Value)[] credentials)
    {
        var error = Should.Throw<DomainException>(() => ConnectionProvider.Get(provider).CheckCredentials(credentials.ToDictionary(c => c.Name, c => c.Value))).Error;
        return (error.Code, error.Place);
    }

    private static string Unusable(params ConnectionEvent[] events) =>
        Should.Throw<DomainException>(() => events.Aggregate((Connection?)null, Connection.Evolve)!.HasFreshToken(Now)).Error.Code;

    private static Spec<Connection, ConnectionEvent> New() => new();

    private static Spec<Connection, ConnectionEvent> When(ConnectionEvent[] given, Func<Connection, ConnectionEvent[]> decide) => New().Given(given).When(decide);
}
