using System.Net;
using Mainstreet.Application.Files;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Files;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Mainstreet.Application.Tests.Files;

/// <summary>Both stores keep the same promises.</summary>
public sealed class KeepingFiles : IAsyncLifetime
{
    private static readonly TenantId acme = new(Guid.NewGuid());
    private static readonly TenantId globex = new(Guid.NewGuid());

    private readonly string folder = Directory.CreateTempSubdirectory("mainstreet-files-").FullName;
    private readonly BucketServer server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return server.DisposeAsync();
    }

    [Theory]
    [InlineData("disk")]
    [InlineData("s3")]
    public async Task What_is_kept_is_there_until_it_is_removed(string kind)
    {
        var (store, key) = (Store(kind), NewKey(acme));
        (await Read(store, key)).ShouldBeNull();
        await store.Remove(key, TestContext.Current.CancellationToken);
        await store.Put(key, [1, 2, 3], TestContext.Current.CancellationToken);
        await store.Put(key, [1, 2, 3], TestContext.Current.CancellationToken);
        (await Read(store, key)).ShouldBe([1, 2, 3]);
        await store.Remove(key, TestContext.Current.CancellationToken);
        (await Read(store, key)).ShouldBeNull();
    }

    [Theory]
    [InlineData("disk")]
    [InlineData("s3")]
    public async Task All_of_one_tenant_go_and_nobody_else_s(string kind)
    {
        var store = Store(kind);
        var keys = Enumerable.Range(0, 5).Select(_ => NewKey(acme)).Append(NewKey(globex)).ToArray();
        await store.RemoveAll(acme, TestContext.Current.CancellationToken);
        foreach (var key in keys)
        {
            await store.Put(key, [1], TestContext.Current.CancellationToken);
        }

        await store.RemoveAll(acme, TestContext.Current.CancellationToken);
        foreach (var key in keys)
        {
            ((await Read(store, key)) is not null).ShouldBe(key.Tenant == globex);
        }
    }

    [Fact]
    public async Task A_file_is_written_beside_its_place_and_nothing_stays_there()
    {
        var (store, key) = (Store("disk"), NewKey(acme));
        await store.Put(key, [1, 2, 3], TestContext.Current.CancellationToken);
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBe([Path.Combine(folder, acme.ToString(), "products", key.Name)]);

        // the place is taken by what cannot be replaced
        var other = NewKey(acme);
        Directory.CreateDirectory(Path.Combine(folder, acme.ToString(), "products", other.Name));
        await Should.ThrowAsync<Exception>(() => store.Put(other, [1], TestContext.Current.CancellationToken));
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_bucket_is_told_the_content_type_under_the_key()
    {
        var key = NewKey(acme);
        await Store("s3").Put(key, [1], TestContext.Current.CancellationToken);
        server.Objects.Single().ShouldSatisfyAllConditions(kept => kept.Key.ShouldBe($"/pictures/{key}"), kept => kept.Value.Type.ShouldBe("image/png"));
    }

    [Fact]
    public async Task A_bucket_that_does_not_answer_is_unavailable_and_one_that_refuses_is_a_fault()
    {
        server.Fault = HttpStatusCode.ServiceUnavailable;
        (await Should.ThrowAsync<UnavailableException>(() => Store("s3").Put(NewKey(acme), [1], TestContext.Current.CancellationToken))).Code.ShouldBe("file_store_unavailable");
        server.Fault = null;
        await Should.ThrowAsync<Amazon.S3.AmazonS3Exception>(() => Store("s3", secret: "another").Put(NewKey(acme), [1], TestContext.Current.CancellationToken));
        server.Objects.ShouldBeEmpty();
        await server.DisposeAsync();
        await Should.ThrowAsync<UnavailableException>(() => Store("s3").Open(NewKey(acme), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("{tenant}/products/../{name}.png")]
    [InlineData("{tenant}/documents/{name}.png")]
    [InlineData("{tenant}/products/{name}.svg")]
    [InlineData("{tenant}/products/{name}.png\n")]
    [InlineData("{tenant}/products/{name}.PNG")]
    public void Nothing_else_is_a_key(string text) =>
        FileKey.Parse(text.Replace("{tenant}", acme.ToString(), StringComparison.Ordinal).Replace("{name}", Guid.NewGuid().ToString("N"), StringComparison.Ordinal)).ShouldBeNull();

    [Fact]
    public void A_key_is_read_as_it_is_written()
    {
        var key = NewKey(acme);
        FileKey.Parse(key.ToString()).ShouldBe(key);
    }

    private IFileStore Store(string kind, string secret = BucketServer.Secret)
    {
        var options = Options.Create(new PublicFileOptions
        {
            Directory = folder,
            S3 = new() { Bucket = "pictures", Endpoint = server.Url, AccessKey = BucketServer.AccessKey, SecretKey = secret },
        });
        return kind == "s3" ? new S3Files(options) : new DiskFiles(options, new DataFolder(new ConfigurationBuilder().Build(), new HostingEnvironment { ContentRootPath = folder }));
    }

    private static FileKey NewKey(TenantId tenant) => new(tenant, "products", $"{Guid.NewGuid():N}.png");

    private static async Task<byte[]?> Read(IFileStore store, FileKey key)
    {
        if (await store.Open(key, TestContext.Current.CancellationToken) is not { } file)
        {
            return null;
        }

        await using (file)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, TestContext.Current.CancellationToken);
            return content.ToArray();
        }
    }
}
