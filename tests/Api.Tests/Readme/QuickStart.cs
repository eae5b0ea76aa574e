using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Api.Tests.Readme;

public sealed class QuickStart
{
    /// <summary>On free ports and in a folder of its own, because a developer's product may be running.</summary>
    [Fact]
    public async Task The_commands_of_the_readme_print_what_stands_below_them()
    {
        var repository = Repository.PathOf();
        var temporary = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"quick-start-{Guid.NewGuid():N}")).FullName; // PostgreSQL runs as another user
        var (product, receiver) = (FreePort(), FreePort());
        var steps = Step.In(await File.ReadAllTextAsync(Path.Combine(repository, "README.md"), TestContext.Current.CancellationToken));
        steps.Length.ShouldBeGreaterThan(10);

        var printed = await Script.Run(steps, repository, temporary, commands => commands
            .Replace("dotnet run --project src/Api", StartProduct(repository, temporary, product), StringComparison.Ordinal)
            .Replace("src/Api/.data", $"{temporary}/data", StringComparison.Ordinal)
            .Replace("/tmp/mainstreet", $"{temporary}/mainstreet", StringComparison.Ordinal)
            .Replace("5080", product, StringComparison.Ordinal)
            .Replace("5090", receiver, StringComparison.Ordinal));

        printed.Length.ShouldBe(steps.Length);
        foreach (var (step, output) in steps.Zip(printed))
        {
            step.Printed(output).ShouldBeTrue($"{step.Commands}\nis said to print\n\n{step.Output}\nand has printed\n{output}");
        }

        File.Exists(Path.Combine(temporary, "data", "postgres", "data", "postmaster.pid")).ShouldBeFalse("the private PostgreSQL goes with the product");
        Directory.Delete(temporary, recursive: true);
    }

    /// <summary>The product as it was built with these tests. A shell around it stands for dotnet run: bash reports what is killed of its own.</summary>
    private static string StartProduct(string repository, string temporary, string port) =>
        $"""sh -c 'dotnet "{typeof(Program).Assembly.Location}" --contentRoot "{repository}/src/Api" --urls http://localhost:{port} --Data:Directory "{temporary}/data"; exit $?'""";

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
