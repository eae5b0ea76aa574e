using Mainstreet.Domain.Files;

namespace Mainstreet.Infrastructure.Files;

/// <summary>The section <c>Files</c> of the configuration: files that everybody sees.</summary>
internal sealed class PublicFileOptions
{
    /// <summary>Left out: a folder in the data folder. Every process sees the same one.</summary>
    public string? Directory { get; set; }

    /// <summary>What stands before addresses of files, such as a CDN's https://cdn.example.com. Left out: they are paths at this host.</summary>
    public string? PublicUrl { get; set; }

    public int ImageBytes { get; set; } = 10 * 1024 * 1024;

    public int ImagePixels { get; set; } = 50_000_000;

    public long BytesPerBusiness { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Files are kept there instead of on a disk as soon as a bucket is named.</summary>
    public S3Options S3 { get; set; } = new();

    public ImageLimits Images => new(ImageBytes, ImagePixels);

    public bool AreValid() =>
        (PublicUrl is null || IsAddress(PublicUrl)) && ImageBytes is > 0 and <= MaxImageBytes && ImagePixels > 0 && BytesPerBusiness > 0 && S3.AreValid();

    /// <summary>A request with more is refused before it is read.</summary>
    public const int MaxImageBytes = 25 * 1024 * 1024;

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";

    internal sealed class S3Options
    {
        public string? Bucket { get; set; }

        /// <summary>Of a service with the interface of S3; left out: Amazon's own in the region.</summary>
        public string? Endpoint { get; set; }

        public string Region { get; set; } = "us-east-1";

        /// <summary>Left out: what the machine has, as Amazon's tools find it.</summary>
        public string? AccessKey { get; set; }

        public string? SecretKey { get; set; }

        public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

        public bool AreValid() =>
            (Endpoint is null || IsAddress(Endpoint)) && Region.Length > 0 && Timeout > TimeSpan.Zero && AccessKey is { Length: > 0 } == SecretKey is { Length: > 0 };
    }
}
