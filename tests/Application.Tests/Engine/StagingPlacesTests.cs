using System.IO.Pipelines;
using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>A log that is being read holds a connection for as long as its sender takes.</summary>
public class StagingPlacesTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task A_process_reads_two_logs_at_a_time_and_refuses_others_until_one_has_ended()
    {
        Pipe[] senders = [new(), new()];
        var reading = senders.Select(Stage).ToArray();

        (await Should.ThrowAsync<UnavailableException>(() => Stage(new()))).Code.ShouldBe("imports_busy");

        await senders[0].Writer.CompleteAsync();
        await Should.ThrowAsync<DomainException>(() => reading[0]); // it was cut off
        var third = new Pipe();
        await third.Writer.CompleteAsync();
        await Should.ThrowAsync<DomainException>(() => Stage(third));
        await senders[1].Writer.CompleteAsync();
        await Should.ThrowAsync<DomainException>(() => reading[1]);
    }

    private Task<IStagedLog> Stage(Pipe sender) => engine.In(
        TenantId.Platform,
        services => services.GetRequiredService<ILogImports>().Stage(new(Uuid.New()), new(sender.Reader.AsStream()), TestContext.Current.CancellationToken));
}
