using System.Text;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

public class SigningAWebhook
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    private readonly StandardWebhooks webhooks = new();

    /// <summary>The vector that the Standard Webhooks libraries test themselves with.</summary>
    [Fact]
    public void The_published_vector_is_reproduced() =>
        webhooks.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", At, Body, Secret).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = Signature,
        }, ignoreOrder: true);

    [Fact]
    public void During_a_rotation_each_secret_signs()
    {
        var next = webhooks.NewKey(WebhookSignature.HmacSha256).Secret;
        var signatures = webhooks.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", At, Body, next, Secret)["webhook-signature"].Split(' ');

        signatures.Length.ShouldBe(2);
        signatures[0].ShouldBe(webhooks.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", At, Body, next)["webhook-signature"]);
        signatures[1].ShouldBe(Signature);
    }

    [Theory]
    [InlineData("msg_other", 1614265330, "{\"test\": 2432232314}")]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265331, "{\"test\": 2432232314}")]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\":2432232314}")]
    public void Id_time_and_every_byte_of_the_body_are_signed(string id, long seconds, string body) =>
        webhooks.Sign(id, DateTimeOffset.FromUnixTimeSeconds(seconds), Encoding.UTF8.GetBytes(body), Secret)["webhook-signature"]
            .ShouldNotBe(Signature);

    [Fact]
    public void A_new_secret_holds_32_bytes_and_is_never_the_same()
    {
        var secrets = Enumerable.Range(0, 50).Select(_ => webhooks.NewKey(WebhookSignature.HmacSha256).Secret).ToList();

        secrets.Distinct(StringComparer.Ordinal).Count().ShouldBe(50);
        secrets.ShouldAllBe(secret => secret.StartsWith("whsec_", StringComparison.Ordinal) && Convert.FromBase64String(secret.Substring(6)).Length == 32);
    }

    [Theory]
    [InlineData("msg.1", Secret)]
    [InlineData("", Secret)]
    [InlineData("msg_1", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("msg_1", "whsec_c2hvcnQ=")]
    public void What_cannot_be_signed_safely_is_refused(string id, string secret) =>
        Should.Throw<ArgumentException>(() => webhooks.Sign(id, At, Body, secret));

    [Fact]
    public void Without_a_secret_nothing_is_signed() => Should.Throw<ArgumentException>(() => webhooks.Sign("msg_1", At, Body));
}
