using System.Buffers;
using System.Text;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The beginning of an answer; what arrived before a failure is kept.</summary>
internal sealed class ResponseBody(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public async Task Read(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (bytes.WrittenCount < maxBytes)
        {
            var space = bytes.GetMemory(4096);
            var read = await stream.ReadAsync(space[..Math.Min(space.Length, maxBytes - bytes.WrittenCount)], cancellationToken);
            if (read == 0)
            {
                return;
            }

            bytes.Advance(read);
        }
    }

    /// <summary>As UTF-8, whatever the receiver says it is. PostgreSQL stores no NUL in a text.</summary>
    public string Text() => Encoding.UTF8.GetString(bytes.WrittenSpan).Replace('\0', '\uFFFD');
}
