using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Application.Messages;

public static class MessageErrors
{
    public static readonly DomainError NotScheduled =
        new("not_found", "There is no such scheduled message. One that has run is gone.", ErrorKind.NotFound);

    public static readonly DomainError LetterNotFound = DomainError.NotFound("dead letter");

    public static readonly DomainError Running = new("message_running", "The message runs at this moment.", ErrorKind.Busy);

    public static DomainError NotPossible(DeadLetterStatus status, string step) => DomainError.IllegalTransition(
        "The message", JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), step, status == DeadLetterStatus.Dead ? ["redrive", "discard"] : []);
}
