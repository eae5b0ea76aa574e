namespace Mainstreet.Domain.Catalog;

/// <summary>What stands for a category, known by its address.</summary>
/// <param name="Alt">What it shows, for who does not see it.</param>
public sealed record CategoryImage(string Url, string? Alt);
