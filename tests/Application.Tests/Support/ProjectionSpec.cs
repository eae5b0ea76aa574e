using System.Reflection;
using Mainstreet.Domain;

namespace Mainstreet.Application.Tests;

/// <summary>Given events in the order of the log, then the view has exactly these rows.</summary>
public sealed class ProjectionSpec<TView>(Projection<TView> projection) where TView : class
{
    private static readonly PropertyInfo[] keys = [.. typeof(TView).GetProperties().Where(property => property.IsDefined(typeof(KeyAttribute)))];

    private readonly Dictionary<string, TView> rows = new(StringComparer.Ordinal);
    private int position;

    public ProjectionSpec<TView> Given(params IEvent[] events)
    {
        foreach (var e in events)
        {
            position++;
            foreach (var (seed, fold) in projection.Touch(e, new(Guid.Empty, position, Guid.Empty, () => Actor.System)))
            {
                var key = KeyOf(seed);
                if (fold(rows.GetValueOrDefault(key) ?? seed) is TView row)
                {
                    KeyOf(row).ShouldBe(key, "a fold must not move its row");
                    rows[key] = row;
                }
                else
                {
                    rows.Remove(key);
                }
            }
        }

        return this;
    }

    public void ThenView(params TView[] expected) => rows.Values.ShouldBe(expected, ignoreOrder: true);

    private static string KeyOf(object row) => string.Join('/', keys.Select(key => key.GetValue(row)));
}
