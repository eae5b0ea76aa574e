using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Mainstreet.Application.Archives;

namespace Mainstreet.Infrastructure.Archives;

/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without the line's end.</param>
internal sealed record BodyLine(long Number, byte[] Bytes);

/// <summary>A body as lines, one in memory at a time.</summary>
internal static class BodyLines
{
    private const int Longest = 8 * 1024 * 1024;

    public static async IAsyncEnumerable<BodyLine> Read(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body, new(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            var number = 0L;
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return new(++number, rest.Slice(0, end).ToArray());
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > Longest)
                {
                    throw ArchiveErrors.Invalid(number + 1, null, "line_too_long", $"A line has at most {Longest} bytes.");
                }

                if (read.IsCompleted)
                {
                    if (rest.Length > 0)
                    {
                        throw ArchiveErrors.Invalid(number + 1, null, "truncated", "The line does not end: the body was cut off.");
                    }

                    yield break;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }
}
