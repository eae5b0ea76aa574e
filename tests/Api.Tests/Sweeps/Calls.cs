using System.Text;
using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Catalog;

namespace Mainstreet.Api.Tests.Sweeps;

/// <summary>Requests of one business that would be well, but for what a sweep makes wrong about them.</summary>
internal sealed class Calls(Furnished caller)
{
    public Bodies Bodies { get; } = new(caller.ValueOf);

    /// <param name="operation">What is called.</param>
    /// <param name="parameters">Values of the path and the query, unknown ones too; those left out are the caller's own, or missing where they may.</param>
    /// <param name="body">An object, or ready content; left out: a valid one.</param>
    public ApiRequest Make(ApiOperation operation, IReadOnlyDictionary<string, string>? parameters = null, object? body = null)
    {
        var request = new ApiRequest(caller.CallerOf(operation), operation.Method, "~" + Address(operation, parameters ?? new Dictionary<string, string>()), body ?? Body(operation));
        return operation.IsRead ? request : request.Key(Guid.NewGuid().ToString());
    }

    private object? Body(ApiOperation operation) => operation switch
    {
        { Body: not null } => Bodies.Of(operation),
        { Id: "UploadProductImage" or "UploadCategoryImage" } => new ByteArrayContent(ImageStarters.Png) { Headers = { ContentType = new("image/png") } },
        { TakesFile: true } => new StringContent("Handle,Title,Variant Price\nspade,Spade,12.00\n", Encoding.UTF8, "text/csv"),
        _ => null,
    };

    private string Address(ApiOperation operation, IReadOnlyDictionary<string, string> parameters)
    {
        var path = operation.In("path").Aggregate(operation.Path, (path, parameter) =>
            path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(Value(operation, parameter.Name, parameters)), StringComparison.Ordinal));
        var names = operation.In("query").Where(parameter => parameter.Required || (operation.IsStream && parameter.Name == "after")) // a stream from its beginning
            .Select(parameter => parameter.Name).Union(parameters.Keys).Except(operation.In("path").Select(parameter => parameter.Name));
        var query = names.Select(name => $"{name}={Uri.EscapeDataString(Value(operation, name, parameters))}");
        return $"{path}?{string.Join('&', query)}".TrimEnd('?');
    }

    private string Value(ApiOperation operation, string name, IReadOnlyDictionary<string, string> given) =>
        given.TryGetValue(name, out var value) ? value : caller.Own(IdPlaces.Kind(operation, name));
}
