using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>
/// Connections to the database itself, past a pooler that gives them to somebody else after every transaction: for what is kept in a
/// session, such as a temporary table. Without a pooler they are the same as everybody's.
/// </summary>
internal sealed record DirectDatabase(NpgsqlDataSource Source);
