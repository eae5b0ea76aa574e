using System.Text;
using System.Text.RegularExpressions;
using Mainstreet.Application.Tests.Catalog;
using Mainstreet.Infrastructure.Webhooks;

namespace Mainstreet.Application.Tests.Webhooks;

/// <summary>docs/webhooks.md shows the code of the sample receiver, and a request that its secret has signed.</summary>
public partial class TheDocumentOfWebhooks
{
    private static readonly string document = File.ReadAllText(CatalogFiles.PathOf("docs", "webhooks.md"));

    [Fact]
    public void Its_code_is_the_sample_s() =>
        File.ReadAllText(CatalogFiles.PathOf("samples", "webhook-receiver", "receiver.cs")).ShouldContain(Block("csharp"));

    [Fact]
    public void Its_request_is_signed()
    {
        var (head, body) = Block("http").Split("\n\n") is [var first, var second] ? (first, second.Trim()) : throw new InvalidOperationException("It is a head and a body.");
        var headers = head.Split('\n').Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture));

        new StandardWebhooks().Sign(headers["webhook-id"], at, Encoding.UTF8.GetBytes(body), Secret().Match(document).Value)["webhook-signature"].ShouldBe(headers["webhook-signature"]);
        headers["content-length"].ShouldBe(Encoding.UTF8.GetByteCount(body).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Block(string language) => Regex.Match(document, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value;

    [GeneratedRegex("whsec_[A-Za-z0-9+/]{43}=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
