using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Integrations;
using Mainstreet.Domain.Integrations;
using MediatR;

namespace Mainstreet.Api.Integrations;

/// <summary>Connections to systems of the business's own (TEN-19). Secrets go in and never come out.</summary>
internal static class IntegrationEndpoints
{
    public static void MapIntegrations(this IEndpointRouteBuilder api)
    {
        var integrations = api.MapGroup("/business/integrations").WithTags("Integrations");
        integrations.MapGet("/", List).WithName("ListIntegrations").RequirePermission(Permissions.IntegrationsRead);
        var one = integrations.MapGroup("/{integration}").Refuses(404, "not_found");
        one.MapGet("/", Get).WithName("GetIntegration").RequirePermission(Permissions.IntegrationsRead);
        one.MapPut("/", Configure).WithName("ConfigureIntegration").RequirePermission(Permissions.IntegrationsWrite)
            .Refuses(400, "setting_invalid", "url_invalid").Refuses(403, "custom_integrations_not_in_plan").Refuses(409, "integration_incomplete")
            .Refuses(422, "https_required", "port_refused", "address_refused");
        one.MapDelete("/", Remove).WithName("RemoveIntegration").RequirePermission(Permissions.IntegrationsWrite);
        one.MapPost("/enable", Enable).WithName("EnableIntegration").RequirePermission(Permissions.IntegrationsWrite)
            .Refuses(403, "custom_integrations_not_in_plan").Refuses(409, "integration_incomplete");
        one.MapPost("/disable", Disable).WithName("DisableIntegration").RequirePermission(Permissions.IntegrationsWrite);
        one.MapPost("/test", Test).WithName("TestIntegration").RequirePermission(Permissions.IntegrationsWrite)
            .Refuses(403, "custom_integrations_not_in_plan").Refuses(409, "integration_incomplete").Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<OkAnswer<IntegrationsBody>> List(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new IntegrationsBody([.. (await mediator.Send(new ListIntegrations(), cancellationToken)).Select(IntegrationBody.Of)]));

    private static async Task<OkAnswer<IntegrationBody>> Get(string integration, IMediator mediator, CancellationToken cancellationToken)
    {
        var state = await mediator.Send(new GetIntegration(integration), cancellationToken);
        return Answers.Ok(IntegrationBody.Of(state), state.Integration?.Version);
    }

    private static async Task<NoContentAnswer> Configure(
        string integration, ConfigureIntegrationRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) => Answers.NoContent(
        await mediator.Send(
            new ConfigureIntegration(
                integration, [.. request.Settings.Select(setting => new IntegrationSetting(setting.Name, setting.Value))],
                [.. (request.Secrets ?? []).Select(secret => KeyValuePair.Create(secret.Name, secret.Value))], ifMatch.Version),
            cancellationToken));

    private static async Task<NoContentAnswer> Remove(string integration, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveIntegration(integration, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Enable(string integration, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new EnableIntegration(integration, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Disable(string integration, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DisableIntegration(integration, ifMatch.Version), cancellationToken));

    private static async Task<IResult> Test(string integration, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new TestIntegration(integration), cancellationToken);
        return Results.Accepted();
    }
}

/// <param name="Settings">All of them: what is left out is not set any more.</param>
/// <param name="Secrets">Those that change; what is left out stays, unless the url changes.</param>
internal sealed record ConfigureIntegrationRequest(IntegrationSettingBody[] Settings, IntegrationSecretRequest[]? Secrets = null);

internal sealed record IntegrationSettingBody(string Name, string Value);

/// <param name="Value">1 to 2,048 printable characters of ASCII; left out: the secret is removed. No answer shows it.</param>
internal sealed record IntegrationSecretRequest(string Name, string? Value = null);

internal sealed record IntegrationsBody(IReadOnlyList<IntegrationBody> Data);

/// <param name="Fields">What there is to set.</param>
/// <param name="Secrets">Which are set, and since when.</param>
/// <param name="LastTest">How the last attempt to reach it went.</param>
internal sealed record IntegrationBody(
    string Kind, string Description, IReadOnlyList<IntegrationFieldBody> Fields, bool Configured, bool Enabled, IReadOnlyList<IntegrationSettingBody> Settings,
    IReadOnlyList<IntegrationSecretBody> Secrets, IntegrationTestBody? LastTest, int? Version, DateTimeOffset? UpdatedAt)
{
    public static IntegrationBody Of(IntegrationState state) => new(
        state.Kind.Name, state.Kind.Description,
        [.. state.Kind.Fields.Select(field => new IntegrationFieldBody(field.Name, field.Type, field.Required, field.Secret, field.Description))],
        state.Integration is not null, state.Integration?.Enabled ?? false,
        [.. (state.Integration?.Settings ?? []).Select(setting => new IntegrationSettingBody(setting.Name, setting.Value))],
        [.. state.Kind.Fields.Where(field => field.Secret).Select(field => IntegrationSecretBody.Of(field.Name, state.Integration))],
        state.Integration?.Test is { } test ? new(test.Succeeded, test.Status, test.Error, test.At) : null,
        state.Integration?.Version, state.Integration?.ChangedAt);
}

internal sealed record IntegrationFieldBody(string Name, IntegrationFieldType Type, bool Required, bool Secret, string Description);

internal sealed record IntegrationSecretBody(string Name, bool Set, DateTimeOffset? ChangedAt)
{
    public static IntegrationSecretBody Of(string name, IntegrationView? integration) =>
        Array.Find(integration?.Secrets ?? [], secret => secret.Name == name) is { } secret ? new(name, true, secret.ChangedAt) : new(name, false, null);
}

/// <param name="Status">What the other side answered; absent where it did not.</param>
/// <param name="Error">What went wrong on the way.</param>
internal sealed record IntegrationTestBody(bool Succeeded, int? Status, string? Error, DateTimeOffset TestedAt);
