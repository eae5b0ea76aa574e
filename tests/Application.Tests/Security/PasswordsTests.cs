using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Application.Tests.Security;

public sealed class HashingPasswords : IDisposable
{
    private readonly Passwords passwords = new();

    public void Dispose() => passwords.Dispose();

    [Fact]
    public async Task Only_the_right_password_verifies()
    {
        var hash = await Hash("correct horse battery");

        (await Verify(hash, "correct horse battery")).ShouldBeTrue();
        (await Verify(hash, "correct horse batterY")).ShouldBeFalse();
        (await Verify(hash, "")).ShouldBeFalse();
        hash.ShouldNotContain("horse");
    }

    [Fact]
    public async Task The_same_password_never_hashes_to_the_same_text() =>
        (await Hash("correct horse battery")).ShouldNotBe(await Hash("correct horse battery"));

    [Fact]
    public async Task A_hash_says_that_it_took_210_000_rounds_of_HMAC_SHA512()
    {
        var bytes = Convert.FromBase64String(await Hash("correct horse battery"));

        bytes[0].ShouldBe((byte)1);
        bytes[1..5].ShouldBe([0, 0, 0, 2]);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)).ShouldBe(210_000u);
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery")]
    public async Task An_unknown_user_has_no_password(string password) => (await Verify(null, password)).ShouldBeFalse();

    [Fact]
    public async Task A_password_of_a_megabyte_is_not_hashed_but_refused()
    {
        var password = new string('x', 1_000_000);

        (await Verify(await Hash(password), password)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(9, "password_too_short")]
    [InlineData(10, null)]
    [InlineData(200, null)]
    [InlineData(201, "password_too_long")]
    public void A_new_password_has_10_to_200_characters(int length, string? code)
    {
        (PasswordPolicy.Check(new string('x', length))?.Code).ShouldBe(code);
        (PasswordPolicy.Check(string.Concat(Enumerable.Repeat("🔑", length)))?.Code).ShouldBe(code);
    }

    private Task<string> Hash(string password) => passwords.Hash(password, TestContext.Current.CancellationToken);

    private Task<bool> Verify(string? hash, string password) => passwords.Verify(hash, password, TestContext.Current.CancellationToken);
}
