using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mainstreet.Application;
using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Files;

/// <inheritdoc cref="IFileStore" />
/// <remarks>Amazon's, or a service with its interface, which is asked in the old way: bucket in the path, one signed body, no checksums that others do not know.</remarks>
internal sealed class S3Files : IFileStore, IDisposable
{
    private readonly AmazonS3Client client;
    private readonly string bucket;

    public S3Files(IOptions<PublicFileOptions> options)
    {
        var settings = options.Value.S3;
        var config = new AmazonS3Config
        {
            AuthenticationRegion = settings.Region,
            Timeout = settings.Timeout,
            MaxErrorRetry = 2,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (settings.Endpoint is { } endpoint)
        {
            (config.ServiceURL, config.ForcePathStyle) = (endpoint, true);
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(settings.Region);
        }

        bucket = settings.Bucket!;
        client = settings.AccessKey is { Length: > 0 } key ? new(new BasicAWSCredentials(key, settings.SecretKey), config) : new(config);
    }

    public Task Put(FileKey key, byte[] content, CancellationToken cancellationToken) => Reach(() => client.PutObjectAsync(
        new PutObjectRequest { BucketName = bucket, Key = key.ToString(), InputStream = new MemoryStream(content), ContentType = key.ContentType, UseChunkEncoding = false },
        cancellationToken));

    public async Task<Stream?> Open(FileKey key, CancellationToken cancellationToken)
    {
        try
        {
            return (await Reach(() => client.GetObjectAsync(bucket, key.ToString(), cancellationToken))).ResponseStream;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden) // the latter where the credentials may not list
        {
            return null;
        }
    }

    public Task Remove(FileKey key, CancellationToken cancellationToken) => Reach(() => client.DeleteObjectAsync(bucket, key.ToString(), cancellationToken));

    public async Task RemoveAll(TenantId tenant, CancellationToken cancellationToken)
    {
        string? more = null;
        do
        {
            var page = await Reach(() => client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = $"{tenant}/", ContinuationToken = more }, cancellationToken));
            foreach (var file in page.S3Objects ?? [])
            {
                await Reach(() => client.DeleteObjectAsync(bucket, file.Key, cancellationToken));
            }

            more = page.NextContinuationToken;
        }
        while (more is not null);
    }

    public void Dispose() => client.Dispose();

    /// <summary>What was refused is a fault of settings, and 500; everything else passes.</summary>
    private static async Task<T> Reach<T>(Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (AmazonServiceException e) when (e is not AmazonS3Exception || e.StatusCode is < HttpStatusCode.Continue or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            throw Unavailable();
        }
        catch (Exception e) when (e is HttpRequestException or AmazonClientException)
        {
            throw Unavailable();
        }
    }

    private static UnavailableException Unavailable() => new("file_store_unavailable", "The store of files gave no answer.", TimeSpan.FromSeconds(5));
}
