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
        var untilRead = new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1);
        Pipe[] senders = [new(untilRead), new(untilRead)];
        var reading = senders.Select(Stage).ToArray();
        foreach (var sender in senders)
        {
            await sender.Writer.WriteAsync("{"u8.ToArray(), TestContext.Current.CancellationToken); // it has a place
        }

        (await Should.ThrowAsync<UnavailableException>(() => Stage(Ended()))).Code.ShouldBe("imports_busy");

        await senders[0].Writer.CompleteAsync();
        await Should.ThrowAsync<DomainException>(() => reading[0]); // it was cut off
        await Should.ThrowAsync<DomainException>(() => Stage(Ended()));
        await senders[1].Writer.CompleteAsync();
        await Should.ThrowAsync<DomainException>(() => reading[1]);
    }

    private static Pipe Ended()
    {
        var sender = new Pipe();
        sender.Writer.Complete();
        return sender;
    }

    private Task<IStagedLog> Stage(Pipe sender) => engine.In(
        TenantId.Platform,
        services => services.GetRequiredService<ILogImports>().Stage(new(Uuid.New()), new(sender.Reader.AsStream()), TestContext.Current.CancellationToken));
}
