namespace Mainstreet.Application;

/// <summary>A new value for a member that may also be cleared: where no change at all is meant, a command carries null in its place.</summary>
public sealed record Change<T>(T? To);
