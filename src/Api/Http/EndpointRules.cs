namespace Mainstreet.Api.Http;

/// <summary>
/// What every endpoint of the API must declare; checked when the process starts, so that nothing is open by oversight. Errors:
/// <see cref="InvalidOperationException"/> that lists every fault.
/// </summary>
/// <param name="source">Those that routing has: asked of a route builder, all would be built a second time, and that is most of what a start costs.</param>
internal sealed class EndpointRules(EndpointDataSource source) : IHostedLifecycleService
{
    /// <summary>Not before: routing has no endpoints until the server has started.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var endpoints = source.Endpoints.OfType<RouteEndpoint>().Where(IsOfApi).ToArray();
        string[] faults =
        [
            .. endpoints is [] ? ["There are no endpoints."] : Array.Empty<string>(),
            .. endpoints.SelectMany(Faults),
            .. endpoints.GroupBy(Name, StringComparer.Ordinal).Where(group => group.Key is not null && group.Count() > 1).Select(group => $"The name {group.Key} is used twice."),
        ];
        if (faults is not [])
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static bool IsOfApi(Endpoint endpoint) => endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.StartsWith(ApiRoot.Base, StringComparison.Ordinal);

    public static string? Name(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;

    private static IEnumerable<string> Faults(RouteEndpoint endpoint)
    {
        if (Name(endpoint) is null)
        {
            yield return $"{endpoint.DisplayName} has no name.";
        }

        if (endpoint.Metadata.GetOrderedMetadata<AccessRule>().Count != 1)
        {
            yield return $"{endpoint.DisplayName} must be declared once as RequirePermission, RequireSignIn or Public.";
        }

        if (endpoint.Metadata.GetMetadata<StepUpRule>() is not null && endpoint.Metadata.GetMetadata<AccessRule>()?.Permission is null)
        {
            yield return $"{endpoint.DisplayName} wants a step-up and no permission.";
        }
    }
}
