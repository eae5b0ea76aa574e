using System.Buffers.Binary;

namespace Mainstreet.Domain.Flags;

/// <summary>What a flag says, of how many and when. Where it says nothing, the plan decides.</summary>
/// <param name="On">Whether it gives the feature or takes it away.</param>
/// <param name="Percentage">Of the business's people, 1 to 100: always the same ones, and who is among 10 % is among 20 % too.</param>
/// <param name="From">Says nothing before.</param>
/// <param name="Until">Says nothing from then on.</param>
public sealed record FlagRule(bool On, int Percentage = 100, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <param name="feature">Whose rule this is.</param>
    /// <param name="subject">
    /// The person; null: nobody in particular. Then what some have the business has, and what it takes from some it takes from those alone.
    /// </param>
    /// <param name="now">By the platform's clock.</param>
    /// <returns>Null: the flag says nothing.</returns>
    public bool? For(string feature, Guid? subject, DateTimeOffset now) =>
        now < From || now >= Until || (subject is { } person ? Percentile(feature, person) >= Percentage : !On && Percentage < 100) ? null : On;

    internal void Validate() => Check.That(
        Percentage is >= 1 and <= 100 && !(From >= Until), FlagErrors.RuleInvalid);

    /// <summary>0 to 99. It is never another one, in whatever process and release.</summary>
    private static uint Percentile(string feature, Guid subject) =>
        BinaryPrimitives.ReadUInt32BigEndian(Uuid.Named("flag percentile", feature, subject.ToString()).ToByteArray(bigEndian: true)) % 100;
}
