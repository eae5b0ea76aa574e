using Mainstreet.Domain.Catalog;

namespace Mainstreet.Domain.Carts;

/// <summary>What speaks against something that was chosen.</summary>
/// <param name="ChoiceId">Left out where too little or too much of a group is chosen.</param>
/// <param name="Code">As a checkout would be refused with it.</param>
public sealed record CartChoiceProblem(ChoiceId? ChoiceId, string Code, string Message)
{
    public static CartChoiceProblem[] Of(IEnumerable<ChoiceFault> faults) => [.. faults.Select(fault => new CartChoiceProblem(fault.Choice, fault.Code, fault.Message))];
}
