using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application;
using Mainstreet.Infrastructure.Projections;
using Npgsql;

namespace Mainstreet.TestSupport;

/// <summary>A database as the product starts with: migrated, with the tables of all read models.</summary>
public static class MainstreetDatabase
{
    public static Task<TestDatabase> CloneAsync()
    {
        var views = new ViewCatalog(typeof(IProjection).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IProjection)) && !type.IsAbstract)
            .Select(type => (IProjection)Activator.CreateInstance(type)!));
        var shapes = string.Concat(views.All.Select(table => table.Sql.Create));
        return TestDatabase.CloneAsync(
            async owner =>
            {
                await using var source = NpgsqlDataSource.Create(owner);
                await new ViewMigrator(views).MigrateAsync(source, CancellationToken.None);
            },
            salt: Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("views" + shapes)))[..16]);
    }

    /// <summary>The settings with which the product runs on such a database, in any test process. All tests are one network and a few users.</summary>
    public static Dictionary<string, string?> Settings(TestDatabase database) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:Mainstreet"] = database.ConnectionString,
        ["Database:PoolSize"] = "20",
        ["Security:MasterKey"] = TestDatabase.MasterKey,
        ["Limits:User:Requests"] = "1000000",
        ["Limits:Guest:Requests"] = "1000000",
        ["Limits:Business:Requests"] = "1000000",
        ["Limits:Storefront:Requests"] = "1000000",
    };
}
