using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Mainstreet.Application.Events;

namespace Mainstreet.Api.Events;

/// <summary>
/// Server-sent events (INT-05): id is the position, event the type, data the body of webhooks. An id without data tells how far a
/// client is where a filter hid the rest, so that it goes on from there when it comes again.
/// </summary>
/// <param name="mayGoOn">Asked before events are told, and as often as there is a heartbeat.</param>
internal sealed class EventStream(IEventReader reader, PipeWriter output, StreamOptions options, Func<CancellationToken, ValueTask<bool>> mayGoOn)
{
    /// <summary>What is written before the client has to take it. Events it has not taken stay in the log.</summary>
    private const int Unsent = 32 * 1024;

    private long told = -1;

    /// <summary>Until it is cancelled, or may not go on. Errors: TimeoutException when the client takes nothing any more.</summary>
    public async Task Send(CancellationToken cancellationToken)
    {
        Write("retry: 3000\n\n"u8);
        while (true)
        {
            var events = await reader.Next(told == reader.Position ? options.Heartbeat : TimeSpan.Zero, cancellationToken);
            if (!await mayGoOn(cancellationToken))
            {
                return;
            }

            foreach (var e in events)
            {
                Write(e);
                if (output.UnflushedBytes > Unsent)
                {
                    await Flush(cancellationToken);
                }
            }

            if (events is [])
            {
                WriteProgress();
            }

            await Flush(cancellationToken);
        }
    }

    /// <summary>Says why it ends, as the last thing that is sent. Clients come again by themselves.</summary>
    public void End(string reason) => Write(Encoding.UTF8.GetBytes($"event: stream.ended\ndata: {{\"reason\":\"{reason}\"}}\n\n"));

    private void Write(FeedEvent e)
    {
        Write(Encoding.UTF8.GetBytes($"event: {e.Type}\ndata: "));
        Write(e.Body);
        Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nid: {e.Position}\n\n"))); // last: half an event has no id
        told = e.Position;
    }

    private void WriteProgress()
    {
        if (told == reader.Position)
        {
            Write(": nothing new\n\n"u8);
            return;
        }

        Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {reader.Position}\n\n")));
        told = reader.Position;
    }

    private void Write(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private async Task Flush(CancellationToken cancellationToken)
    {
        var flush = output.FlushAsync(cancellationToken);
        if (flush.IsCompletedSuccessfully)
        {
            flush.GetAwaiter().GetResult();
        }
        else
        {
            await flush.AsTask().WaitAsync(options.StallAfter, TimeProvider.System, CancellationToken.None);
        }
    }
}
