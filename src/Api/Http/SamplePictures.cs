using Microsoft.Extensions.FileProviders;

namespace Mainstreet.Api.Http;

/// <summary>The pictures that the sample catalogues name.</summary>
internal static class SamplePictures
{
    private const string Folder = "samples/catalog/images";

    public static void UseSamplePictures(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        RequestPath = "/" + Folder,
        FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, Folder)),
    });
}
