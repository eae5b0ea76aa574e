using Mainstreet.Application;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>How a failure is kept beside its message, and what is shown of it.</summary>
internal static class MessageFaults
{
    private const int Longest = 500;

    /// <summary>"code: message" of a refusal, else the exception with its stack.</summary>
    public static string Text(Exception e) => e switch
    {
        DomainException refusal => $"{refusal.Error.Code}: {refusal.Error.Message}",
        UnavailableException pause => $"{pause.Code}: {pause.Message}",
        _ => e.ToString(),
    };

    public static MessageFault? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var line = text.AsSpan()[..Math.Min(text.AsSpan().IndexOfAny("\r\n") is >= 0 and var end ? end : text.Length, Longest)].ToString();
        var code = line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : "";
        return code.Length > 0 && code.All(character => char.IsAsciiLetterLower(character) || character is '_' || char.IsAsciiDigit(character))
            ? new(code, line[(code.Length + 2)..])
            : new(MessageFault.Internal, line);
    }
}
