namespace Mainstreet.Domain;

/// <summary>
/// A shape in which earlier releases stored a fact. The log is never rewritten: whoever reads it meets the shape that took this
/// one's place, and never this one. Its record keeps its stored name, its golden file and the base of its aggregate's events;
/// nothing appends it any more.
/// </summary>
public interface IFormerShape
{
    IEvent Upcast();
}

/// <typeparam name="TNow">What took its place, or an earlier step on the way there.</typeparam>
public interface IFormerShape<TNow> : IFormerShape
    where TNow : class, IEvent
{
    /// <summary>The same fact as it would be stored today.</summary>
    new TNow Upcast();

    IEvent IFormerShape.Upcast() => Upcast();
}
