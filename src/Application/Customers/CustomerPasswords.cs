using System.Security.Cryptography;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;

namespace Mainstreet.Application.Customers;

/// <summary>Passwords of customers are hashed and sealed, because a business can export its whole log.</summary>
public sealed class CustomerPasswords(IPasswords passwords, ISecretBox secrets)
{
    /// <summary>The text to store.</summary>
    public async Task<string> Seal(AccountId account, string password, CancellationToken cancellationToken) =>
        secrets.Seal(Encoding.UTF8.GetBytes(await passwords.Hash(password, cancellationToken)), Purpose(account));

    /// <summary>False after the same work where there is no account, or its password was sealed in another installation, from where the log has come.</summary>
    public Task<bool> IsRight(CustomerAccount? account, string password, CancellationToken cancellationToken) =>
        passwords.Verify(account is null ? null : HashOf(account), password, cancellationToken);

    private string? HashOf(CustomerAccount account)
    {
        try
        {
            return Encoding.UTF8.GetString(secrets.Open(account.SealedPassword, Purpose(account.Id)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Purpose(AccountId account) => $"customer-password:{account}";
}
