namespace Mainstreet.Domain;

/// <summary>What counts as a quantity: a decimal with at most three places and at most a million (STK-02).</summary>
public static class Quantities
{
    public const decimal Max = 1_000_000m;

    /// <summary>More than nothing, such as what is ordered or received.</summary>
    public static bool IsPositive(decimal quantity) => quantity > 0 && IsLevel(quantity);

    /// <summary>Nothing or more, such as what is counted on a shelf.</summary>
    public static bool IsLevel(decimal quantity) => quantity is >= 0 and <= Max && decimal.Round(quantity, 3) == quantity;
}
