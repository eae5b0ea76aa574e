using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Domain.Tests.Webhooks;

public class WebhookEndpoints
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly WebhookEndpointId Hook = new(Uuid.Named("hook"));
    private static readonly WebhookEndpointSettings Settings = new("https://hooks.example/mainstreet?shop=1", ["order.*", "stock.low"], "Ledger");
    private static readonly WebhookEndpointCreated Created = new(Hook, Settings, "secret-1", null, Now);
    private static readonly WebhookEndpointDisabled Disabled = new(Hook, DisableReason.Gone, Now);
    private static readonly WebhookEndpointDeleted Deleted = new(Hook, Now);

    internal static WebhookEndpointEvent[][] Streams =>
    [
        [
            Created,
            new WebhookEndpointUpdated(
                Hook,
                Settings with
                {
                    Payload = PayloadKind.Thin,
                    Ordering = WebhookOrdering.Strict,
                    Rate = new(10, WebhookRatePeriod.Second),
                    DisableAfterDays = 0,
                    Headers = [new("X-Token", "sealed")],
                    Filters = [new("/total/amount", WebhookFilterOp.Exists, EventTypes: ["order.placed"])],
                },
                Now),
            new WebhookEndpointDegraded(Hook, Now.AddHours(-1), Now), new WebhookDeliveryExhausted(Hook, Uuid.Named("delivery"), Uuid.Named("event"), "order.placed", 7, 10, 500, "timeout", Now),
            new WebhookEndpointRecovered(Hook, Now),
            new WebhookEndpointSecretRotated(Hook, "secret-2", "public-2", Now.AddHours(24), Now), Disabled, new WebhookEndpointEnabled(Hook, WebhookResume.Position, 42, Now), Deleted,
        ],
    ];

    [Fact]
    public void Start_enabled() => New(Settings).Then(Created).Enabled.ShouldBeTrue();

    [Theory]
    [InlineData("hooks.example")]
    [InlineData("/relative")]
    [InlineData("ftp://hooks.example")]
    [InlineData("https://user:pass@hooks.example")]
    [InlineData("https://hooks.example/#top")]
    public void Have_an_address_that_can_be_called(string url) => New(Settings with { Url = url }, httpAllowed: true).ThenRejected("url_invalid");

    [Fact]
    public void Have_an_https_address_outside_test_businesses()
    {
        New(Settings with { Url = "http://127.0.0.1:9000/" }).ThenRejected("https_required");
        New(Settings with { Url = "http://127.0.0.1:9000/" }, httpAllowed: true).Then(Created with { Settings = Settings with { Url = "http://127.0.0.1:9000/" } });
    }

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("order")]
    [InlineData("*.placed")]
    [InlineData("order.*.v1")]
    [InlineData("order.placed.v1")]
    [InlineData("Order.Placed")]
    [InlineData("order.pl*")]
    [InlineData("order.placed", "order.placed")]
    public void Name_event_types_or_patterns(params string[] types) => New(Settings with { EventTypes = types }).ThenRejected("event_types_invalid");

    [Fact]
    public void Have_a_secret_and_a_short_description()
    {
        New(Settings with { Description = new string('d', 501) }).ThenRejected("description_invalid");
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().WhenNew(() => WebhookEndpoint.Create(Hook, Settings, new(""), httpAllowed: false, Now)).ThenRejected("secret_missing");
    }

    [Theory]
    [InlineData("*", "order.placed", true)]
    [InlineData("order.*", "order.placed", true)]
    [InlineData("order.placed", "order.placed", true)]
    [InlineData("order.placed", "order.placed_again", false)]
    [InlineData("order.*", "orders.placed", false)]
    [InlineData("order.*", "stock.low", false)]
    public void Match_what_they_name(string pattern, string type, bool matches)
    {
        var endpoint = WebhookEndpoint.Evolve(null, Created with { Settings = Settings with { EventTypes = ["customer.erased", pattern] } });
        endpoint.Matches(type).ShouldBe(matches);
        WebhookEndpoint.Evolve(endpoint, Disabled).Matches(type).ShouldBe(matches);
    }

    [Fact]
    public void Are_updated_as_a_whole()
    {
        var thin = Settings with { Payload = PayloadKind.Thin };
        When(e => e.Update(thin, httpAllowed: false, Now), Created).Then(new WebhookEndpointUpdated(Hook, thin, Now)).Settings.ShouldBe(thin);
        When(e => e.Update(Settings with { EventTypes = [.. Settings.EventTypes] }, httpAllowed: false, Now), Created).ThenNothing();
        When(e => e.Update(Settings with { Url = "" }, httpAllowed: false, Now), Created).ThenRejected("url_invalid");
    }

    [Fact]
    public void Are_disabled_and_enabled()
    {
        When(e => e.Disable(DisableReason.Gone, Now), Created).Then(Disabled).Enabled.ShouldBeFalse();
        When(e => e.Disable(DisableReason.Manual, Now), Created, Disabled).ThenNothing();
        When(e => e.Enable(WebhookResume.LastAcked, null, Now), Created, Disabled).Then(new WebhookEndpointEnabled(Hook, WebhookResume.LastAcked, null, Now)).Enabled.ShouldBeTrue();
        When(e => e.Enable(WebhookResume.Position, 7, Now), Created, Disabled).Then(new WebhookEndpointEnabled(Hook, WebhookResume.Position, 7, Now));
        When(e => e.Enable(WebhookResume.LastAcked, null, Now), Created).ThenNothing();
        When(e => e.Enable(WebhookResume.Now, null, Now), Created).ThenRejected("webhook_endpoint_enabled");
    }

    [Fact]
    public void Sign_with_both_secrets_for_a_day_after_a_rotation()
    {
        var endpoint = When(e => e.RotateKey(new("secret-2"), Now), Created).Then(new WebhookEndpointSecretRotated(Hook, "secret-2", null, Now.AddHours(24), Now));
        endpoint.SecretsAt(Now.AddHours(24).AddTicks(-1)).ShouldBe(["secret-2", "secret-1"]);
        endpoint.SecretsAt(Now.AddHours(24)).ShouldBe(["secret-2"]);
        WebhookEndpoint.Evolve(null, Created).SecretsAt(Now).ShouldBe(["secret-1"]);

        When(e => e.RotateKey(new("secret-1"), Now), Created).ThenNothing();
        When(e => e.RotateKey(new(""), Now), Created).ThenRejected("secret_missing");
    }

    [Fact]
    public void Sign_by_another_scheme_after_a_rotation_to_it()
    {
        var endpoint = When(e => e.RotateKey(new("secret-2", "public-2"), Now), Created).Then(new WebhookEndpointSecretRotated(Hook, "secret-2", "public-2", Now.AddHours(24), Now));
        (WebhookEndpoint.Evolve(null, Created).Key.Signature, endpoint.Key.Signature).ShouldBe((WebhookSignature.HmacSha256, WebhookSignature.Ed25519));
        endpoint.SecretsAt(Now).ShouldBe(["secret-2", "secret-1"]);
    }

    [Fact]
    public void Are_degraded_and_recover_once()
    {
        var degraded = new WebhookEndpointDegraded(Hook, Now.AddHours(-1), Now);
        When(e => e.Degrade(Now.AddHours(-1), Now), Created).Then(degraded).Degraded.ShouldBeTrue();
        When(e => e.Degrade(Now.AddHours(-1), Now), Created, degraded).ThenNothing();
        When(e => e.Degrade(Now.AddHours(-1), Now), Created, Disabled).ThenNothing();
        When(e => e.Recover(Now), Created, degraded).Then(new WebhookEndpointRecovered(Hook, Now)).Degraded.ShouldBeFalse();
        When(e => e.Recover(Now), Created).ThenNothing();
        When(e => e.Disable(DisableReason.Failing, Now), Created, degraded).Then(Disabled with { Reason = DisableReason.Failing }).Degraded.ShouldBeFalse();
    }

    [Fact]
    public void Report_what_was_given_up_but_not_reports_about_themselves()
    {
        var exhausted = new WebhookDeliveryExhausted(Hook, Uuid.Named("delivery"), Uuid.Named("event"), "order.placed", 7, 10, 500, null, Now);
        When(e => e.Exhaust(exhausted), Created).Then(exhausted);
        When(e => e.Exhaust(exhausted with { EventType = "webhook_endpoint.delivery_exhausted" }), Created).ThenNothing();
        When(e => e.Exhaust(exhausted), Created, Deleted).ThenNothing();
    }

    [Theory]
    [InlineData(0, 5, "rate_invalid")]
    [InlineData(1001, 5, "rate_invalid")]
    [InlineData(10, -1, "disable_after_invalid")]
    [InlineData(10, 31, "disable_after_invalid")]
    public void Have_a_rate_and_an_end_within_bounds(int max, int days, string error) =>
        New(Settings with { Rate = new(max, WebhookRatePeriod.Minute), DisableAfterDays = days }).ThenRejected(error);

    [Fact]
    public void Are_gone_once_deleted()
    {
        When(e => e.Delete(Now), Created).Then(Deleted).Deleted.ShouldBeTrue();
        When(e => e.Delete(Now), Created, Deleted).ThenNothing();
        foreach (var step in new Func<WebhookEndpoint, WebhookEndpointEvent[]>[]
        {
            e => e.Update(Settings, httpAllowed: false, Now), e => e.Enable(WebhookResume.LastAcked, null, Now), e => e.Disable(DisableReason.Manual, Now), e => e.RotateKey(new("secret-3"), Now),
        })
        {
            When(step, Created, Deleted).ThenRejected("not_found");
        }
    }

    private static Spec<WebhookEndpoint, WebhookEndpointEvent> New(WebhookEndpointSettings settings, bool httpAllowed = false) =>
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().WhenNew(() => WebhookEndpoint.Create(Hook, settings, new("secret-1"), httpAllowed, Now));

    private static Spec<WebhookEndpoint, WebhookEndpointEvent> When(Func<WebhookEndpoint, WebhookEndpointEvent[]> decide, params WebhookEndpointEvent[] given) =>
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().Given(given).When(decide);
}
