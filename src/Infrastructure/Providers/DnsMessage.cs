using System.Buffers.Binary;
using System.Text;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>What a name server answered.</summary>
/// <param name="Code">0: here you are. 3: there is no such name.</param>
/// <param name="IsCut">There is more than the datagram holds.</param>
internal sealed record DnsAnswer(int Code, bool IsCut, IReadOnlyList<string> Texts);

/// <summary>Questions for TXT records and answers to them, as they travel (RFC 1035, 4).</summary>
internal static class DnsMessage
{
    private const int HeaderLength = 12;
    private const ushort Txt = 16;
    private const ushort Internet = 1;

    public static byte[] Ask(ushort id, string name)
    {
        var question = new byte[HeaderLength + name.Length + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(question, id);
        question[2] = 1; // the server asks on where it does not know itself
        question[5] = 1; // one question
        var at = HeaderLength;
        foreach (var label in name.Split('.'))
        {
            question[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, question.AsSpan(at + 1));
        }

        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(at + 1), Txt);
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(at + 3), Internet);
        return question;
    }

    /// <returns>Null: this is no answer to the question, and may be somebody else's.</returns>
    public static DnsAnswer? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question)
    {
        try
        {
            if (message.Length < question.Length || !message[..2].SequenceEqual(question[..2]) || (message[2] & 0x80) == 0 || !IsSameQuestion(message, question))
            {
                return null;
            }

            var texts = new List<string>();
            var at = question.Length;
            for (var left = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); left > 0 && (message[2] & 2) == 0; left--)
            {
                at = AfterName(message, at);
                var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(message[at..]), BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]));
                if (type == Txt) // of the name, or of one that it is an alias of
                {
                    texts.Add(Text(message.Slice(at + 10, length)));
                }

                at += 10 + length;
            }

            return new(message[3] & 0xF, (message[2] & 2) != 0, texts);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return null; // it ends in the middle of something
        }
    }

    /// <summary>Servers may answer in the case of letters that they like.</summary>
    private static bool IsSameQuestion(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question) =>
        message[4] == 0 && message[5] == 1 && Ascii.EqualsIgnoreCase(message[HeaderLength..question.Length], question[HeaderLength..]);

    private static int AfterName(ReadOnlySpan<byte> message, int at)
    {
        while (message[at] is > 0 and < 0xC0)
        {
            at += 1 + message[at];
        }

        return at + (message[at] == 0 ? 1 : 2); // or it goes on elsewhere
    }

    /// <summary>A long text comes in strings of at most 255 bytes.</summary>
    private static string Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (var at = 0; at < data.Length; at += 1 + data[at])
        {
            text.Append(Encoding.UTF8.GetString(data.Slice(at + 1, data[at])));
        }

        return text.ToString();
    }
}
