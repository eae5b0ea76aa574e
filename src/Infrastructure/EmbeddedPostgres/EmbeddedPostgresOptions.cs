namespace Mainstreet.Infrastructure.Postgres;

/// <summary>Where the private PostgreSQL lives and how careful it is.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder of the data, the password and the leases. Processes that name the same folder share one server.</summary>
    public required string Directory { get; init; }

    /// <summary>False trades safety against a crash of the machine for speed: for tests only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Told in one sentence when something slow begins: the download, the first initialisation.</summary>
    public Action<string>? Report { get; init; }
}

/// <summary>The private PostgreSQL cannot run here. The message says what to do about it.</summary>
internal sealed class EmbeddedPostgresException(string message) : Exception(message);
