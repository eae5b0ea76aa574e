namespace Mainstreet.Domain.Tests;

public class EmailAddressTests
{
    [Theory]
    [InlineData(" Anna.Lind@Example.COM ", "anna.lind@example.com")]
    [InlineData("a+b@mail.example.co.uk", "a+b@mail.example.co.uk")]
    [InlineData("INFO@bäckerei.example", "info@bäckerei.example")]
    [InlineData("o'neil@example.ie", "o'neil@example.ie")]
    public void Is_trimmed_and_in_lower_case(string given, string normalized) => EmailAddress.Normalize(given).ShouldBe(normalized);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.com")]
    [InlineData("anna@")]
    [InlineData("anna@localhost")]
    [InlineData("anna@@example.com")]
    [InlineData("anna lind@example.com")]
    [InlineData("anna@exa mple.com")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@example..com")]
    [InlineData("anna@example.c")]
    [InlineData("<anna@example.com>")]
    [InlineData("anna@example.com\u0000")]
    public void Others_are_rejected(string? given) => Should.Throw<DomainException>(() => EmailAddress.Normalize(given)).Error.Code.ShouldBe("email_invalid");

    [Fact]
    public void Is_limited_in_length() => EmailAddress.IsWellFormed($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com").ShouldBeFalse();
}
