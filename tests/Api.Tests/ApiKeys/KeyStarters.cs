using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.ApiKeys;

/// <summary>An API key, with a program that uses it.</summary>
internal sealed record TestKey(Guid Id, string Text, Session Program)
{
    public string Path => $"/business/api-keys/{Id}";
}

internal static class KeyStarters
{
    /// <summary>A secret key of a business whose owner has stepped up.</summary>
    public static async Task<TestKey> NewKey(this ApiFixture api, TestBusiness business, params string[] scopes) =>
        api.Key(await business.Owner.Post("/business/api-keys", new { scopes }).Returns(201));

    public static async Task<TestKey> NewPublishableKey(this ApiFixture api, TestBusiness business) =>
        api.Key(await business.Owner.Post("/business/api-keys", new { kind = "publishable" }).Returns(201));

    public static TestKey Key(this ApiFixture api, ApiAnswer created) => new(created.Id, Shown(created), api.As(Shown(created)));

    public static string Shown(this ApiAnswer answer) => answer.Json.Text("key")!;

    /// <summary>What somebody might make of a key: the same bytes, changed, under a prefix, with a checksum that is right.</summary>
    public static string Forged(this TestKey key, string prefix, Action<byte[]>? change = null)
    {
        var bytes = Base64Url.DecodeFromChars(key.Text.AsSpan("msk_live_".Length));
        change?.Invoke(bytes);
        SHA256.HashData([.. Encoding.ASCII.GetBytes(prefix), .. bytes.AsSpan(0, 64)]).AsSpan(0, 5).CopyTo(bytes.AsSpan(64));
        return prefix + Base64Url.EncodeToString(bytes);
    }
}
