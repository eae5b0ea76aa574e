namespace Mainstreet.Domain.Businesses;

/// <summary>
/// What a request or a message is for, which decides in which states of a business it is let through. Each is let through wherever the
/// one before it is. docs/lifecycle.md has the whole table.
/// </summary>
public enum Purpose
{
    /// <summary>Something new: what is not said to be anything else.</summary>
    Trade,

    /// <summary>Brings to an end what has begun, also while a business closes.</summary>
    WindUp,

    /// <summary>Goes on in a suspended business too: reads, deliveries under way, the passing of time.</summary>
    Attend,

    /// <summary>People have a right to it, whatever became of the business.</summary>
    Erase,
}

public static class Openness
{
    public static bool Allows(this BusinessStatus status, Purpose purpose) => status switch
    {
        BusinessStatus.Provisioning or BusinessStatus.Active => true,
        BusinessStatus.Closing => purpose >= Purpose.WindUp,
        BusinessStatus.Suspended => purpose >= Purpose.Attend,
        BusinessStatus.Closed => purpose >= Purpose.Erase,
    };
}
