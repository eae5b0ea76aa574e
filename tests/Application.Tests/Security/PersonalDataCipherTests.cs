using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Application.Tests.Security;

public class PersonalDataInsideAnEvent
{
    private const string EventType = "customer.registered.v1";
    private const string Path = "contact/email";

    private static readonly TenantId Acme = new(Guid.Parse("0190a5b4-0000-7000-8000-000000000001"));
    private static readonly TenantId Globex = new(Guid.Parse("0190a5b4-0000-7000-8000-000000000002"));
    private static readonly Guid Anna = Guid.Parse("0190a5b4-0000-7000-8000-000000000003");

    private readonly byte[] key = PersonalDataCipher.NewKey();

    [Theory]
    [InlineData("\"anna@example.com\"")]
    [InlineData("\"שלום 🔑 \\u0000\"")]
    [InlineData("\"\"")]
    [InlineData("{\"lat\":52.5,\"lon\":13.4}")]
    [InlineData("[1,2]")]
    [InlineData("42.10")]
    public void A_value_is_read_back_byte_for_byte(string json) =>
        Encoding.UTF8.GetString(Open(JsonNode.Parse(Sealed(json).ToJsonString())!)).ShouldBe(json);

    [Fact]
    public void It_is_stored_as_subject_nonce_and_data()
    {
        var envelope = Sealed("\"anna@example.com\"")["$enc"]!.AsObject();

        envelope.Select(member => member.Key).ShouldBe(["k", "n", "d"]);
        ((string?)envelope["k"]).ShouldBe(Anna.ToString());
        Convert.FromBase64String((string)envelope["n"]!).Length.ShouldBe(12);
        Convert.FromBase64String((string)envelope["d"]!).Length.ShouldBe("\"anna@example.com\"".Length + 16);
        envelope.ToJsonString().ShouldNotContain("anna@");
    }

    [Fact]
    public void The_same_value_never_looks_the_same() => Sealed("\"a\"").ToJsonString().ShouldNotBe(Sealed("\"a\"").ToJsonString());

    /// <summary>PostgreSQL orders the members of a jsonb object its own way.</summary>
    [Fact]
    public void The_order_of_the_members_does_not_matter()
    {
        var e = Sealed("\"a\"")["$enc"]!;
        Open(JsonNode.Parse($$"""{"$enc": {"d": {{e["d"]!.ToJsonString()}}, "k": "{{Anna}}", "n": {{e["n"]!.ToJsonString()}} } }""")!).ShouldBe("\"a\""u8.ToArray());
    }

    [Fact]
    public void It_opens_in_its_own_place_with_its_own_key_only()
    {
        var envelope = Sealed("\"a\"");

        Refused(() => PersonalDataCipher.Decrypt(key, Globex, EventType, Path, envelope));
        Refused(() => PersonalDataCipher.Decrypt(key, Acme, "customer.registered.v2", Path, envelope));
        Refused(() => PersonalDataCipher.Decrypt(key, Acme, EventType, "contact/phone", envelope));
        Refused(() => PersonalDataCipher.Decrypt(PersonalDataCipher.NewKey(), Acme, EventType, Path, envelope));
        PersonalDataCipher.Decrypt(key, Acme, EventType, Path, envelope).ShouldBe("\"a\""u8.ToArray());
    }

    [Theory]
    [InlineData("n")]
    [InlineData("d")]
    public void A_change_of_any_byte_is_noticed(string member)
    {
        var envelope = Sealed("\"anna@example.com\"");
        var bytes = Convert.FromBase64String((string)envelope["$enc"]![member]!);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x80;
            envelope["$enc"]![member] = Convert.ToBase64String(bytes);
            Refused(() => Open(envelope));
            bytes[at] ^= 0x80;
            envelope["$enc"]![member] = Convert.ToBase64String(bytes[..at]);
            Refused(() => Open(envelope));
        }
    }

    [Theory]
    [InlineData("""{"$enc":{}}""")]
    [InlineData("""{"$enc":"text"}""")]
    [InlineData("""{"$enc":{"k":"x","n":1,"d":2}}""")]
    [InlineData("""{"$enc":{"n":"not base64!","d":"AAAA"}}""")]
    [InlineData("""{"$enc":{"n":null,"d":null}}""")]
    [InlineData("""{"other":1}""")]
    public void What_is_no_envelope_is_refused_as_such(string json) => Refused(() => Open(JsonNode.Parse(json)!));

    private JsonObject Sealed(string json) => PersonalDataCipher.Encrypt(key, Anna, Acme, EventType, Path, Encoding.UTF8.GetBytes(json));

    private byte[] Open(JsonNode envelope) => PersonalDataCipher.Decrypt(key, Acme, EventType, Path, envelope);

    private static void Refused(Func<byte[]> open) => Should.Throw<CryptographicException>(() => open());
}
