using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>Why one item of many that were sent at once was not taken. It stands in nobody else's way.</summary>
/// <param name="Place">Within the item, a JSON pointer.</param>
public sealed record ItemFault(string Code, string Message, string? Place)
{
    /// <summary>Null where the item can be taken.</summary>
    internal static ItemFault? Of(Action decide)
    {
        try
        {
            decide();
            return null;
        }
        catch (DomainException e)
        {
            return new(e.Error.Code, e.Error.Message, e.Error.Place);
        }
    }
}
