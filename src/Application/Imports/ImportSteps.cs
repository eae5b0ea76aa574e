using Mainstreet.Application.Catalog;
using Mainstreet.Domain;

namespace Mainstreet.Application.Imports;

/// <summary>What the steps of all lists share.</summary>
internal static class ImportSteps
{
    public static DomainException Required(string pointer) => new(new("required", "The member is missing.", ErrorKind.Invalid) { Place = pointer });

    /// <summary>What is refused in one row is told, and is no concern of the others.</summary>
    /// <param name="row">As it was read.</param>
    /// <param name="id">Of the thing that it means.</param>
    /// <param name="apply">Appends everything, or throws and appends nothing.</param>
    public static ImportOutcome Decide(ImportRow row, Guid? id, Func<ImportStatus> apply)
    {
        try
        {
            return new(row.Row, row.Line, apply(), id, null);
        }
        catch (DomainException e) when (IsOfARow(e.Error))
        {
            return ImportOutcome.Faulty(row, FaultOf(e.Error), id);
        }
    }

    public static ImportFault FaultOf(DomainError error) => new(error.Place ?? "", error.Code, error.Message);

    /// <summary>And not of the moment or of the business.</summary>
    public static bool IsOfARow(DomainError error) => error.Kind is ErrorKind.Rule or ErrorKind.Conflict or ErrorKind.Invalid or ErrorKind.NotFound;
}
