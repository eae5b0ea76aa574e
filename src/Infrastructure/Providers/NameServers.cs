using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using Mainstreet.Application;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>Asks name servers for TXT records: by datagram, and by TCP where the answer is too long for one. Nothing is remembered.</summary>
internal sealed class NameServers(IOptions<DnsOptions> options)
{
    private const int Port = 53;
    private const int NoSuchName = 3;

    /// <summary>Errors: <see cref="UnavailableException"/> dns_unavailable where none of them says anything.</summary>
    public async Task<IReadOnlyList<string>> Find(string name, CancellationToken cancellationToken)
    {
        foreach (var server in Servers())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.Value.Timeout);
            try
            {
                var answer = await Ask(server, name, patience.Token);
                if (answer.Code is 0 or NoSuchName)
                {
                    return answer.Texts;
                }
            }
            catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // the next one
            }
        }

        throw new UnavailableException("dns_unavailable", "No name server could say whether the record is there. Try again.", TimeSpan.FromSeconds(30));
    }

    private static async Task<DnsAnswer> Ask(IPEndPoint server, string name, CancellationToken cancellationToken)
    {
        var question = DnsMessage.Ask((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name);
        var answer = await ByDatagram(server, question, cancellationToken);
        return answer.IsCut ? await ByStream(server, question, cancellationToken) : answer;
    }

    private static async Task<DnsAnswer> ByDatagram(IPEndPoint server, byte[] question, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken); // from elsewhere nothing comes in
        await socket.SendAsync(question, cancellationToken);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (DnsMessage.Read(buffer.AsSpan(0, length), question) is { } answer)
            {
                return answer;
            }
        }
    }

    private static async Task<DnsAnswer> ByStream(IPEndPoint server, byte[] question, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellationToken);
        await using var stream = client.GetStream();
        var framed = new byte[2 + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancellationToken);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, cancellationToken);
        return DnsMessage.Read(message, question) ?? throw new IOException("The name server answered something else.");
    }

    private IEnumerable<IPEndPoint> Servers() => options.Value.Servers is [_, ..] named
        ? named.Select(IPEndPoint.Parse).Select(server => server.Port == 0 ? new IPEndPoint(server.Address, Port) : server)
        : NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().DnsAddresses).Distinct().Select(address => new IPEndPoint(address, Port));
}
