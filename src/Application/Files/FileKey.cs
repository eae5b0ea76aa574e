using System.Text.RegularExpressions;
using Mainstreet.Domain;

namespace Mainstreet.Application.Files;

/// <summary>Where a public file is kept, and below /files/ its address: <c>{tenant}/{resource}/{name}</c>. What is kept under a key never changes.</summary>
/// <param name="Resource">For what it is, such as products.</param>
/// <param name="Name">An id, and what the file is.</param>
public sealed partial record FileKey(TenantId Tenant, string Resource, string Name)
{
    public const string OfProducts = "products";
    public const string OfCategories = "categories";

    private static readonly Dictionary<string, string> contentTypes = new(StringComparer.Ordinal)
    {
        ["jpg"] = "image/jpeg",
        ["png"] = "image/png",
        ["webp"] = "image/webp",
        ["gif"] = "image/gif",
        ["avif"] = "image/avif",
    };

    /// <summary>By the name's end, which was chosen when the file came in and was looked at.</summary>
    public string ContentType => contentTypes[Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..]];

    public override string ToString() => $"{Tenant}/{Resource}/{Name}";

    /// <summary>Null: no file has this key, and nobody needs to look for it. So no key leads out of where files are kept.</summary>
    public static FileKey? Parse(string text) =>
        Form().Match(text) is { Success: true } key ? new(new TenantId(Guid.ParseExact(key.Groups["tenant"].Value, "D")), key.Groups["resource"].Value, key.Groups["name"].Value) : null;

    [GeneratedRegex(@"\A(?<tenant>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?<resource>products|categories)/(?<name>[0-9a-f]{32}\.(jpg|png|webp|gif|avif))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
