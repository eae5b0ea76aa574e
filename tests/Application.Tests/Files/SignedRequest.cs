using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mainstreet.Application.Tests.Files;

/// <summary>A request as AWS Signature Version 4 sees it: what a service with the interface of S3 verifies.</summary>
/// <param name="Path">As it was sent.</param>
/// <param name="Query">As it was sent, without the question mark.</param>
/// <param name="Headers">By name in lower case.</param>
internal sealed record SignedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The signature that whoever has the secret would have made of it.</summary>
    /// <param name="signedHeaders">Separated by semicolons.</param>
    /// <param name="scope">20130524/us-east-1/s3/aws4_request</param>
    /// <param name="secret">Of the caller.</param>
    public string Signature(string signedHeaders, string scope, string secret)
    {
        var query = string.Join('&', Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{Headers[name].Trim()}\n"));
        var canonical = $"{Method}\n{Path}\n{query}\n{headers}\n{signedHeaders}\n{Headers["x-amz-content-sha256"]}";
        var toSign = $"AWS4-HMAC-SHA256\n{Headers["x-amz-date"]}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (sum, part) => HMACSHA256.HashData(sum, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    /// <summary>Whether it was signed with the secret a moment ago, and brings the bytes that were signed.</summary>
    public bool IsGenuine(string accessKey, string secret, byte[] body)
    {
        var parts = Headers["authorization"].Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var (key, scope) = (parts["Credential"][..parts["Credential"].IndexOf('/', StringComparison.Ordinal)], parts["Credential"][(parts["Credential"].IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var at = DateTimeOffset.ParseExact(Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return key == accessKey
            && (TimeProvider.System.GetUtcNow() - at).Duration() < TimeSpan.FromMinutes(5)
            && Headers["x-amz-content-sha256"] == Convert.ToHexStringLower(SHA256.HashData(body))
            && parts["SignedHeaders"].Split(';').Contains("host", StringComparer.Ordinal)
            && parts["Signature"] == Signature(parts["SignedHeaders"], scope, secret);
    }
}

/// <summary>The examples of Amazon's documentation of S3, so that what verifies signatures here is known to be right.</summary>
public class PublishedSignatures
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Scope = "20130524/us-east-1/s3/aws4_request";
    private const string NoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Getting_an_object() =>
        Request("GET", "/test.txt", "", NoBody, ("range", "bytes=0-9")).Signature("host;range;x-amz-content-sha256;x-amz-date", Scope, Secret)
            .ShouldBe("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

    [Fact]
    public void Putting_an_object() => Request(
            "PUT", "/test%24file.text", "", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY")).Signature("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", Scope, Secret)
        .ShouldBe("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

    [Fact]
    public void Listing_objects() => Request("GET", "/", "max-keys=2&prefix=J", NoBody).Signature("host;x-amz-content-sha256;x-amz-date", Scope, Secret)
        .ShouldBe("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");

    private static SignedRequest Request(string method, string path, string query, string body, params (string Name, string Value)[] more) => new(
        method, path, query,
        new Dictionary<string, string>(more.Select(header => KeyValuePair.Create(header.Name, header.Value)), StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = body,
            ["x-amz-date"] = "20130524T000000Z",
        });
}
