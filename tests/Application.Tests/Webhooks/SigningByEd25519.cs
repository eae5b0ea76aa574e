using System.Text;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

public sealed class SigningByEd25519
{
    /// <summary>RFC 8032, section 7.1, tests 1 to 3.</summary>
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_published_vectors_are_reproduced(string privateKey, string publicKey, string message, string signature)
    {
        var key = Convert.FromHexString(privateKey);
        Convert.ToHexStringLower(Ed25519.PublicKey(key)).ShouldBe(publicKey);
        Convert.ToHexStringLower(Ed25519.Sign(key, Convert.FromHexString(message))).ShouldBe(signature);
    }

    [Fact]
    public void A_message_is_signed_with_the_private_key()
    {
        var webhooks = new StandardWebhooks();
        var key = webhooks.NewKey(WebhookSignature.Ed25519);
        key.Secret.ShouldStartWith("whsk_");
        var secret = Convert.FromBase64String(key.Secret["whsk_".Length..]);
        key.PublicKey.ShouldBe("whpk_" + Convert.ToBase64String(Ed25519.PublicKey(secret)));
        var shared = webhooks.NewKey(WebhookSignature.HmacSha256).Secret;

        var signatures = webhooks.Sign("msg_1", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{}"u8, key.Secret, shared)["webhook-signature"].Split(' ');

        signatures[0].ShouldBe("v1a," + Convert.ToBase64String(Ed25519.Sign(secret, Encoding.UTF8.GetBytes("msg_1.1614265330.{}"))));
        signatures[1].ShouldStartWith("v1,");
    }

    [Fact]
    public void Short_keys_sign_nothing() => Should.Throw<ArgumentException>(() => new StandardWebhooks().Sign("msg_1", DateTimeOffset.UnixEpoch, [], "whsk_c2hvcnQ="));
}
