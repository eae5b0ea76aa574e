using System.Collections.Frozen;
using System.Reflection;

namespace Mainstreet.Api.Http;

/// <summary>
/// Refuses query parameters that the endpoint does not read, so that a misspelt filter never vanishes, and values that it cannot read; puts
/// times into UTC, as PostgreSQL wants them.
/// </summary>
internal static class QueryParameters
{
    private static readonly string[] everywhere = ["min_position", "wait_ms"];

    public static EndpointFilterDelegate Check(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        (string Name, Func<object?, object?> Value, int Place)[] values = [.. endpoint.MethodInfo.GetParameters().SelectMany(Values)];
        var named = values.Select(value => value.Name).Distinct(StringComparer.Ordinal).ToFrozenDictionary(Pointers.SnakeCase, StringComparer.Ordinal);
        return context =>
        {
            // binding says that there is something that it cannot read, and not what; and an empty text it takes for nothing
            var query = context.HttpContext.Request.Query;
            if (values.FirstOrDefault(value => query.ContainsKey(value.Name) && value.Value(context.Arguments[value.Place]) is null) is { Name: { } unread })
            {
                throw ProblemException.Parameter(Pointers.SnakeCase(unread), "The value is not of the documented type.");
            }

            var read = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<ReadsParameter>();
            var route = context.HttpContext.Request.RouteValues;
            foreach (var name in query.Keys)
            {
                if ((!named.TryGetValue(name, out var parameter) || route.ContainsKey(parameter)) && !everywhere.Contains(name, StringComparer.Ordinal) && !read.Any(reads => reads.Name == name))
                {
                    throw ProblemException.Parameter(name, "There is no such parameter.", "unknown_parameter");
                }
            }

            for (var i = 0; i < context.Arguments.Count; i++)
            {
                if (context.Arguments[i] is DateTimeOffset time)
                {
                    context.Arguments[i] = time.ToUniversalTime();
                }
            }

            return next(context);
        };
    }

    /// <summary>What the query can hold for a parameter, and how it is taken out of the argument at its place.</summary>
    private static IEnumerable<(string Name, Func<object?, object?> Value, int Place)> Values(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute), inherit: false)
            ? parameter.ParameterType.GetProperties().Where(property => IsText(property.PropertyType))
                .Select(property => (property.Name, (Func<object?, object?>)property.GetValue, parameter.Position))
            : IsText(parameter.ParameterType) ? [(parameter.Name!, argument => argument, parameter.Position)] : [];

    /// <summary>What a query can hold. Everything else comes from the body or from the container, whatever it is called.</summary>
    private static bool IsText(Type type)
    {
        var single = type.IsArray ? type.GetElementType()! : type;
        var plain = Nullable.GetUnderlyingType(single) ?? single;
        return plain == typeof(string) || plain.GetMember("TryParse", MemberTypes.Method, BindingFlags.Public | BindingFlags.Static) is not [];
    }
}
