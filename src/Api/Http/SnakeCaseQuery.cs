using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace Mainstreet.Api.Http;

/// <summary>Lets an endpoint parameter <c>minPrice</c> bind to <c>?min_price=</c> without naming it twice.</summary>
internal sealed class SnakeCaseQuery(IQueryCollection query) : IQueryCollection
{
    public int Count => query.Count;

    public ICollection<string> Keys => query.Keys;

    public StringValues this[string key] => query[Pointers.SnakeCase(key)];

    public bool ContainsKey(string key) => query.ContainsKey(Pointers.SnakeCase(key));

    public bool TryGetValue(string key, [NotNullWhen(true)] out StringValues value) => query.TryGetValue(Pointers.SnakeCase(key), out value);

    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => query.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
