namespace Mainstreet.Infrastructure.EventStore;

/// <summary>The store holds a type that this release does not know, because a newer one runs beside it or did so before.</summary>
/// <param name="kind">Of what, for people.</param>
/// <param name="name">Its stored name.</param>
internal sealed class UnknownTypeException(string kind, string name) : Exception($"This release knows no {kind} type {name}.");
