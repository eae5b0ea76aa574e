using System.Collections.Frozen;
using System.Reflection;

namespace Mainstreet.Api.Http;

/// <summary>
/// Refuses query parameters that the endpoint does not read, so that a misspelt filter never vanishes, and puts times
/// into UTC, as PostgreSQL wants them.
/// </summary>
internal static class QueryParameters
{
    private static readonly string[] everywhere = ["min_position", "wait_ms"];

    public static EndpointFilterDelegate Check(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var named = endpoint.MethodInfo.GetParameters().SelectMany(Names).ToFrozenSet(StringComparer.Ordinal);
        return context =>
        {
            var read = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<ReadsParameter>();
            foreach (var name in context.HttpContext.Request.Query.Keys)
            {
                if (!named.Contains(name) && !everywhere.Contains(name, StringComparer.Ordinal) && !read.Any(parameter => parameter.Name == name))
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

    private static IEnumerable<string> Names(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute), inherit: false)
            ? parameter.ParameterType.GetProperties().Select(property => Pointers.SnakeCase(property.Name))
            : [Pointers.SnakeCase(parameter.Name!)];
}
