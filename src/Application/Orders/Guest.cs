using Mainstreet.Domain;

namespace Mainstreet.Application.Orders;

/// <summary>Somebody who buys without an account.</summary>
internal static class Guest
{
    /// <summary>Who comes back, or registers, with the same e-mail address is the same customer of the same business, and of no other (D21).</summary>
    public static CustomerId IdOf(TenantId tenant, string? email) =>
        new(Uuid.Named("guest", tenant.ToString(), EmailAddress.Normalize(email)));

    /// <summary>5 to 20 digits, written as people do.</summary>
    public static bool IsPhone(string? phone) =>
        phone is { Length: <= 40 } && phone.Count(char.IsAsciiDigit) is >= 5 and <= 20 && phone.All(c => char.IsAsciiDigit(c) || " +-()/.".Contains(c, StringComparison.Ordinal));
}
