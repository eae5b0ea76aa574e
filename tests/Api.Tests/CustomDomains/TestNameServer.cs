using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mainstreet.Api.Tests.CustomDomains;

/// <summary>A name server on a real port, by datagram and by TCP. It knows TXT records alone.</summary>
internal sealed class TestNameServer : IAsyncDisposable
{
    private const int LongestDatagram = 512;

    private readonly UdpClient datagrams;
    private readonly TcpListener streams;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public TestNameServer()
    {
        (streams, datagrams) = OnOnePort();
        running = Task.WhenAll(AnswerDatagrams(), AnswerStreams());
    }

    /// <summary>As a setting has it.</summary>
    public string Address => datagrams.Client.LocalEndPoint!.ToString()!;

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, string[]> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>It cannot say: SERVFAIL.</summary>
    public bool IsBroken { get; set; }

    /// <summary>How many answers were too long for a datagram.</summary>
    public int Streams { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        datagrams.Dispose();
        streams.Dispose();
        stop.Dispose();
    }

    /// <summary>A port that is free for streams may be somebody's for datagrams, so others are tried.</summary>
    private static (TcpListener Streams, UdpClient Datagrams) OnOnePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            try
            {
                return (listener, new((IPEndPoint)listener.LocalEndpoint));
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 20)
            {
                listener.Dispose();
            }
        }
    }

    private async Task AnswerDatagrams()
    {
        while (true)
        {
            var asked = await datagrams.ReceiveAsync(stop.Token);
            var answer = Answer(asked.Buffer);
            await datagrams.SendAsync(((byte[])[(byte)(asked.Buffer[0] ^ 0xFF), .. answer[1..]]).AsMemory(), asked.RemoteEndPoint, stop.Token); // somebody else's answer
            if (answer.Length > LongestDatagram)
            {
                answer = answer[..asked.Buffer.Length];
                answer[2] |= 2; // there is more
                answer[7] = 0;
            }

            await datagrams.SendAsync(answer.AsMemory(), asked.RemoteEndPoint, stop.Token);
        }
    }

    private async Task AnswerStreams()
    {
        while (true)
        {
            using var client = await streams.AcceptTcpClientAsync(stop.Token);
            var stream = client.GetStream();
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, stop.Token);
            var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(question, stop.Token);
            var answer = Answer(question);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
            await stream.WriteAsync(length.Concat(answer).ToArray(), stop.Token);
            Streams++;
        }
    }

    private byte[] Answer(byte[] question)
    {
        var texts = Texts.GetValueOrDefault(Name(question));
        byte[] answer = [.. question, .. (IsBroken ? null : texts)?.SelectMany(Record) ?? []];
        answer[2] |= 0x80;
        answer[3] = (byte)(IsBroken ? 2 : texts is null ? 3 : 0);
        answer[7] = (byte)(IsBroken ? 0 : texts?.Length ?? 0);
        return answer;
    }

    private static string Name(byte[] question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] > 0; at += 1 + question[at])
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        }

        return string.Join('.', labels);
    }

    /// <summary>The name is that of the question, and the text comes in strings of at most 255 bytes.</summary>
    private static byte[] Record(string text)
    {
        byte[] data = [.. Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(part => part.Prepend((byte)part.Length))];
        return [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];
    }
}
