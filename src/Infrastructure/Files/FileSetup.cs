using Mainstreet.Application.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Files;

internal static class FileSetup
{
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddOptions<PublicFileOptions>().BindConfiguration("Files")
            .Validate(
                options => options.AreValid(),
                $"Files: PublicUrl and S3:Endpoint are http(s) addresses, ImageBytes is {PublicFileOptions.MaxImageBytes} at most, S3 has both keys or none, nothing is less than 1.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PublicFileOptions>>().Value.Images);
        services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<IOptions<PublicFileOptions>>().Value.S3.Bucket is { Length: > 0 }
            ? ActivatorUtilities.CreateInstance<S3Files>(provider)
            : ActivatorUtilities.CreateInstance<DiskFiles>(provider));
        return services.AddScoped<IPublicFiles, PublicFiles>();
    }
}
