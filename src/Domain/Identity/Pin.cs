namespace Mainstreet.Domain.Identity;

/// <summary>What a PIN must be (IAM-05): 6 digits that are neither one pattern repeated nor a run up or down.</summary>
public static class Pin
{
    public const int Length = 6;

    /// <summary>The error (<c>pin_malformed</c>, <c>pin_weak</c>), or null.</summary>
    public static DomainError? Check(string pin)
    {
        if (pin.Length != Length || !pin.All(char.IsAsciiDigit))
        {
            return IdentityErrors.PinMalformed;
        }

        return IsRun(pin, step: 1) || IsRun(pin, step: -1) || Repeats(pin, 1) || Repeats(pin, 2) || Repeats(pin, 3) ? IdentityErrors.PinWeak : null;
    }

    /// <summary>Each digit follows from the one before: 456789, 321098.</summary>
    private static bool IsRun(string pin, int step) => pin.Zip(pin.Skip(1), (a, b) => (b - a - step) % 10 == 0).All(follows => follows);

    private static bool Repeats(string pin, int length) => pin.Skip(length).Zip(pin, (a, b) => a == b).All(same => same);
}
