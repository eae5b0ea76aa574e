using System.Text.Json;
using Npgsql;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>A sign-in as its client keeps it.</summary>
internal sealed record SignedIn(string Access, string Refresh, Session Session);

internal static class IdentityStarters
{
    /// <summary>Another session of the user, from another network if one is named.</summary>
    public static async Task<SignedIn> SignIn(this ApiFixture api, TestUser user, string? from = null, string device = "tests") => api.SignedIn(
        await api.Login(user.Email, user.Password, from).With("User-Agent", device).Returns(200));

    /// <param name="from">The address; a product that trusts its proxy believes it.</param>
    public static ApiRequest Login(this ApiFixture api, string email, string password, string? from = null)
    {
        var request = api.Guest.Post("/auth/login", new { email, password });
        return from is null ? request : request.With("X-Forwarded-For", from);
    }

    public static SignedIn SignedIn(this ApiFixture api, ApiAnswer answer) =>
        new(Starters.Token(answer), answer.Json.GetProperty("refresh_token").GetString()!, api.As(Starters.Token(answer)));

    public static Guid Id(this JsonElement json) => json.GetProperty("id").GetGuid();

    public static ApiRequest Refresh(this ApiFixture api, string token) => api.Guest.Post("/auth/refresh", new { refresh_token = token });

    /// <summary>Changes what is stored, for example so that time has passed.</summary>
    public static async Task Change(this ApiFixture api, string sql)
    {
        await using var owner = NpgsqlDataSource.Create(api.Database);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
