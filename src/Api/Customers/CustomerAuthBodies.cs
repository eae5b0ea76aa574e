using Mainstreet.Application.Customers;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Api.Customers;

/// <param name="Password">10 to 200 characters.</param>
/// <param name="Locale">In which language to be written to, such as de or en-GB; left out: the business's.</param>
internal sealed record RegisterCustomerRequest(string Email, string Password, string FullName, string? Phone = null, string? Locale = null);

/// <inheritdoc cref="RegisterCustomerRequest" />
/// <param name="Storefront">The storefront's subdomain.</param>
internal sealed record RegisterCustomerAtRequest(string Storefront, string Email, string Password, string FullName, string? Phone = null, string? Locale = null);

internal sealed record SignInCustomerRequest(string Email, string Password);

/// <param name="Storefront">The storefront's subdomain.</param>
internal sealed record SignInCustomerAtRequest(string Storefront, string Email, string Password);

/// <param name="RefreshToken">Good for one refresh: the answer has the next one.</param>
internal sealed record RefreshCustomerRequest(string RefreshToken);

internal sealed record ForgotCustomerPasswordRequest(string Email);

/// <param name="Token">From the mail; good once, for an hour.</param>
/// <param name="NewPassword">10 to 200 characters. All sessions end.</param>
internal sealed record ResetCustomerPasswordRequest(string Token, string NewPassword);

/// <param name="Token">From the mail; good for a week, in a session of the account that it was sent to.</param>
internal sealed record VerifyCustomerEmailRequest(string Token);

/// <param name="TokenType">Bearer</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">For the next access token.</param>
internal sealed record CustomerSessionBody(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, CustomerBody Customer)
{
    public static CustomerSessionBody Of(CustomerSession session) =>
        new(session.AccessToken, "Bearer", session.ExpiresIn, session.RefreshToken, CustomerBody.Of(session.Account));
}

/// <param name="Id">The customer's, as the business knows it from orders.</param>
/// <param name="EmailVerified">From then on what was bought with the address as a guest is among the orders.</param>
internal sealed record CustomerBody(Guid Id, string Email, string FullName, string? Phone, string? Locale, bool EmailVerified)
{
    public static CustomerBody Of(CustomerAccount account) =>
        new(account.CustomerId.Value, account.Email, account.FullName, account.Phone, account.Locale, account.EmailVerified);
}
