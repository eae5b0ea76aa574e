using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Domain.Tests.Webhooks;

public class WebhookEndpoints
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly WebhookEndpointId Hook = new(Uuid.Named("hook"));
    private static readonly WebhookEndpointSettings Settings = new("https://hooks.example/mainstreet?shop=1", ["order.*", "stock.low"], "Ledger");
    private static readonly WebhookEndpointCreated Created = new(Hook, Settings, "secret-1", Now);
    private static readonly WebhookEndpointDisabled Disabled = new(Hook, DisableReason.Gone, Now);
    private static readonly WebhookEndpointDeleted Deleted = new(Hook, Now);

    internal static WebhookEndpointEvent[][] Streams =>
    [
        [
            Created, new WebhookEndpointUpdated(Hook, Settings with { Payload = PayloadKind.Thin, Ordering = WebhookOrdering.Strict }, Now),
            new WebhookEndpointSecretRotated(Hook, "secret-2", Now.AddHours(24), Now), Disabled, new WebhookEndpointEnabled(Hook, WebhookResume.Position, 42, Now), Deleted,
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
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().WhenNew(() => WebhookEndpoint.Create(Hook, Settings, "", httpAllowed: false, Now)).ThenRejected("secret_missing");
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
        var endpoint = When(e => e.RotateSecret("secret-2", Now), Created).Then(new WebhookEndpointSecretRotated(Hook, "secret-2", Now.AddHours(24), Now));
        endpoint.SecretsAt(Now.AddHours(24).AddTicks(-1)).ShouldBe(["secret-2", "secret-1"]);
        endpoint.SecretsAt(Now.AddHours(24)).ShouldBe(["secret-2"]);
        WebhookEndpoint.Evolve(null, Created).SecretsAt(Now).ShouldBe(["secret-1"]);

        When(e => e.RotateSecret("secret-1", Now), Created).ThenNothing();
        When(e => e.RotateSecret("", Now), Created).ThenRejected("secret_missing");
    }

    [Fact]
    public void Are_gone_once_deleted()
    {
        When(e => e.Delete(Now), Created).Then(Deleted).Deleted.ShouldBeTrue();
        When(e => e.Delete(Now), Created, Deleted).ThenNothing();
        foreach (var step in new Func<WebhookEndpoint, WebhookEndpointEvent[]>[]
        {
            e => e.Update(Settings, httpAllowed: false, Now), e => e.Enable(WebhookResume.LastAcked, null, Now), e => e.Disable(DisableReason.Manual, Now), e => e.RotateSecret("secret-3", Now),
        })
        {
            When(step, Created, Deleted).ThenRejected("not_found");
        }
    }

    private static Spec<WebhookEndpoint, WebhookEndpointEvent> New(WebhookEndpointSettings settings, bool httpAllowed = false) =>
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().WhenNew(() => WebhookEndpoint.Create(Hook, settings, "secret-1", httpAllowed, Now));

    private static Spec<WebhookEndpoint, WebhookEndpointEvent> When(Func<WebhookEndpoint, WebhookEndpointEvent[]> decide, params WebhookEndpointEvent[] given) =>
        new Spec<WebhookEndpoint, WebhookEndpointEvent>().Given(given).When(decide);
}
