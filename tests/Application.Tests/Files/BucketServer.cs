using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Application.Tests.Files;

/// <summary>A service with the interface of S3 on loopback: one bucket, pages of two, and whatever is not signed rightly is refused.</summary>
internal sealed class BucketServer : IAsyncDisposable
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private readonly HttpListener listener = new();
    private readonly Task running;

    public BucketServer()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        running = Task.Run(Serve);
    }

    public string Url { get; }

    /// <summary>By path, with the content type.</summary>
    public ConcurrentDictionary<string, (byte[] Content, string? Type)> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers this to everything from now on.</summary>
    public HttpStatusCode? Fault { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (listener.IsListening)
        {
            listener.Stop();
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Close();
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var (status, content) = Answer(context.Request, body.ToArray());
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "application/xml";
            await context.Response.OutputStream.WriteAsync(content);
            context.Response.Close();
        }
    }

    private (HttpStatusCode Status, byte[] Body) Answer(HttpListenerRequest request, byte[] body)
    {
        var (path, query) = (request.Url!.AbsolutePath, request.Url.Query.TrimStart('?'));
        var headers = request.Headers.AllKeys.ToDictionary(name => name!.ToLowerInvariant(), name => request.Headers[name]!, StringComparer.Ordinal);
        if (Fault is { } fault)
        {
            return (fault, []);
        }

        if (!new SignedRequest(request.HttpMethod, path, query, headers).IsGenuine(AccessKey, Secret, body))
        {
            return (HttpStatusCode.Forbidden, "<Error><Code>SignatureDoesNotMatch</Code></Error>"u8.ToArray());
        }

        switch (request.HttpMethod)
        {
            case "PUT":
                Objects[path] = (body, request.ContentType);
                return (HttpStatusCode.OK, []);
            case "DELETE":
                Objects.TryRemove(path, out _);
                return (HttpStatusCode.NoContent, []);
            case "GET" when query.Contains("list-type=2", StringComparison.Ordinal):
                return (HttpStatusCode.OK, Page(path.TrimEnd('/'), Uri.UnescapeDataString(request.QueryString["prefix"]!)));
            default:
                return Objects.TryGetValue(path, out var found) ? (HttpStatusCode.OK, found.Content) : (HttpStatusCode.NotFound, "<Error><Code>NoSuchKey</Code></Error>"u8.ToArray());
        }
    }

    private byte[] Page(string bucket, string prefix)
    {
        var keys = Objects.Keys.Where(key => key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var more = keys.Length > 2 ? "<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>" : "<IsTruncated>false</IsTruncated>";
        return System.Text.Encoding.UTF8.GetBytes(
            $"<ListBucketResult>{more}{string.Concat(keys.Take(2).Select(key => $"<Contents><Key>{key[(bucket.Length + 1)..]}</Key></Contents>"))}</ListBucketResult>");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
