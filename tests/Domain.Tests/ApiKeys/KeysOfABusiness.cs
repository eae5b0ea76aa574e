using Mainstreet.Domain.ApiKeys;

namespace Mainstreet.Domain.Tests.ApiKeys;

public class KeysOfABusiness
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ApiKeyId Key = new(Uuid.Named("key"));
    private static readonly ApiKeyCreated Created = new(Key, ApiKeyKind.Secret, "Ledger", ["orders:read"], "hash-1", Now.AddDays(90), Now);
    private static readonly ApiKeyRotated Rotated = new(Key, "hash-2", Now.AddHours(24), Now);
    private static readonly ApiKeyRevoked Revoked = new(Key, Now);

    internal static ApiKeyEvent[][] Streams =>
    [
        [Created, new ApiKeyRenamed(Key, "Accounts", Now), Rotated, Revoked],
        [new ApiKeyCreated(Key, ApiKeyKind.Publishable, null, [], "hash-1", null, Now)],
    ];

    [Fact]
    public void Are_created_with_what_they_open() => New().Then(Created).SecretHash.ShouldBe("hash-1");

    [Fact]
    public void Have_a_short_name_and_an_end_that_is_yet_to_come()
    {
        New(name: new string('n', 101)).ThenRejected("name_invalid");
        New(expiresAt: Now).ThenRejected("expiry_invalid");
    }

    [Fact]
    public void Open_the_storefront_and_nothing_else_where_they_are_publishable()
    {
        New(kind: ApiKeyKind.Publishable).ThenRejected("scopes_invalid");
        New(kind: ApiKeyKind.Publishable, scopes: []).Then(Created with { Kind = ApiKeyKind.Publishable, Scopes = [] });
    }

    [Fact]
    public void Can_be_named_also_when_they_have_expired()
    {
        Given().When(key => key.Rename("Accounts", Now.AddYears(1))).Then(new ApiKeyRenamed(Key, "Accounts", Now.AddYears(1))).Name.ShouldBe("Accounts");
        Given().When(key => key.Rename("Ledger", Now)).ThenNothing();
        Given().When(key => key.Rename(new string('n', 101), Now)).ThenRejected("name_invalid");
        Given(Revoked).When(key => key.Rename("Accounts", Now)).ThenRejected("api_key_revoked");
    }

    [Fact]
    public void Get_another_secret_while_the_one_before_goes_on()
    {
        Given().When(key => key.Rotate("hash-2", ApiKey.DefaultOverlap, Now)).Then(Rotated).SecretHash.ShouldBe("hash-2");
        Given().When(key => key.Rotate("hash-2", TimeSpan.Zero, Now)).Then(Rotated with { PreviousValidUntil = Now });
        Given().When(key => key.Rotate("hash-2", TimeSpan.FromDays(7), Now)).Then(Rotated with { PreviousValidUntil = Now.AddDays(7) });
        Given().When(key => key.Rotate("hash-2", TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1), Now)).ThenRejected("overlap_invalid");
        Given().When(key => key.Rotate("hash-2", TimeSpan.FromTicks(-1), Now)).ThenRejected("overlap_invalid");
        Given().When(key => key.Rotate("hash-2", TimeSpan.Zero, Now.AddDays(90))).ThenRejected("api_key_expired");
        Given(Revoked).When(key => key.Rotate("hash-2", TimeSpan.Zero, Now)).ThenRejected("api_key_revoked");
    }

    [Fact]
    public void Are_revoked_once()
    {
        Given().When(key => key.Revoke(Now.AddYears(1))).Then(Revoked with { At = Now.AddYears(1) }).Revoked.ShouldBeTrue();
        Given(Revoked).When(key => key.Revoke(Now)).ThenNothing();
    }

    private static Spec<ApiKey, ApiKeyEvent> Given(params ApiKeyEvent[] then) => new Spec<ApiKey, ApiKeyEvent>().Given([Created, .. then]);

    private static Spec<ApiKey, ApiKeyEvent> New(string name = "Ledger", ApiKeyKind kind = ApiKeyKind.Secret, string[]? scopes = null, DateTimeOffset? expiresAt = null) =>
        new Spec<ApiKey, ApiKeyEvent>().WhenNew(() => ApiKey.Create(Key, kind, name, scopes ?? ["orders:read"], "hash-1", expiresAt ?? Now.AddDays(90), Now));
}
