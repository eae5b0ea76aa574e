namespace Mainstreet.Infrastructure.EventStore;

/// <summary>What this product's SQL functions raise and more than one place answers to; <see cref="CommitErrors"/> knows the others.</summary>
internal static class SqlStates
{
    /// <summary>Another process has taken over: nothing was written.</summary>
    public const string Fenced = "MS409";
}
