using Mainstreet.Domain.Integrations;

namespace Mainstreet.Domain.Tests.Integrations;

public class ConnectingSystems
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly IntegrationKind Books = IntegrationKind.Get("accounting");
    private static readonly IntegrationSetting[] Settings = [new("url", "https://books.example"), new("company", "4711")];
    private static readonly IntegrationSecret Key = new("api_key", Uuid.Named("key"), Now);

    private static readonly IntegrationConfigured Configured = new("accounting", Settings, [Key], Now);
    private static readonly IntegrationEnabled Enabled = new("accounting", Now);
    private static readonly IntegrationDisabled Disabled = new("accounting", Now);
    private static readonly IntegrationTested Tested = new("accounting", false, 401, "refused", Now);
    private static readonly IntegrationRemoved Removed = new("accounting", Now);

    internal static IntegrationEvent[][] Streams => [[Configured, Enabled, Tested, Disabled, Removed, Configured]];

    [Fact]
    public void Are_configured_with_what_their_kind_knows()
    {
        Configure(Settings, [Key]).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets.ShouldBe([Key]);
        Refusal(() => Configure([new("colour", "red")], [])).ShouldBe("setting_invalid");
        Refusal(() => Configure([Settings[0], Settings[0]], [])).ShouldBe("setting_invalid");
        Refusal(() => Configure([new("url", "books")], [])).ShouldBe("setting_invalid");
        Refusal(() => Configure([new("company", " ")], [])).ShouldBe("setting_invalid");
        Refusal(() => Configure([new("api_key", "in the open")], [])).ShouldBe("setting_invalid");
        Refusal(() => Configure(Settings, [Key with { Name = "url" }])).ShouldBe("setting_invalid");
        Refusal(() => IntegrationKind.Get("fax")).ShouldBe("not_found");
    }

    [Fact]
    public void Keep_secrets_that_are_left_out_and_change_nothing_when_nothing_changes()
    {
        Configure(Settings, [], State(Configured)).ShouldBeEmpty();
        Configure([Settings[0]], [], State(Configured)).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets.ShouldBe([Key]);
        Configure([new("url", "https://elsewhere.example"), Settings[1]], [], State(Configured)).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets
            .ShouldBeEmpty("nobody has another system shown what was meant for one");
        var other = Key with { Id = Uuid.Named("another key") };
        Configure(Settings, [other], State(Configured)).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets.ShouldBe([other]);
        Integration.Configure(State(Configured), Books, Settings, [], ["api_key"], Now).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets.ShouldBeEmpty();
        Configure(Settings, [], State(Configured, Removed)).ShouldHaveSingleItem().ShouldBeOfType<IntegrationConfigured>().Secrets.ShouldBeEmpty();
    }

    [Fact]
    public void Are_enabled_when_they_are_complete_and_stay_so()
    {
        State(Configured).Enable(Now).ShouldBe([Enabled]);
        State(Configured, Enabled).Enable(Now).ShouldBeEmpty();
        Refusal(() => State(Configured with { Secrets = [] }).Enable(Now)).ShouldBe("integration_incomplete");
        Refusal(() => State(Configured with { Settings = [] }).Enable(Now)).ShouldBe("integration_incomplete");
        Refusal(() => Configure([Settings[0]], [], State(Configured, Enabled))).ShouldBe("integration_incomplete");
        State(Configured, Enabled, Configured).Enabled.ShouldBeTrue();
        State(Configured).Disable(Now).ShouldBeEmpty();
        State(Configured, Enabled).Disable(Now).ShouldBe([Disabled]);
    }

    [Fact]
    public void Do_nothing_when_they_are_removed()
    {
        State(Configured, Enabled).Remove(Now).ShouldBe([Removed]);
        State(Configured, Removed).Remove(Now).ShouldBeEmpty();
        State(Configured, Removed).RecordTest(true, 200, null, Now).ShouldBeEmpty();
        State(Configured).RecordTest(false, 401, "refused", Now).ShouldBe([Tested]);
        Refusal(() => State(Configured, Removed).Enable(Now)).ShouldBe("not_found");
        Refusal(() => State(Configured, Removed).Disable(Now)).ShouldBe("not_found");
        State(Configured, Enabled, Removed, Configured).Enabled.ShouldBeFalse();
    }

    private static IntegrationEvent[] Configure(IntegrationSetting[] settings, IntegrationSecret[] changed, Integration? before = null) =>
        Integration.Configure(before, Books, settings, changed, [], Now);

    private static Integration State(params IntegrationEvent[] events) => events.Aggregate((Integration?)null, Integration.Evolve)!;

    private static string Refusal<T>(Func<T> step) => Should.Throw<DomainException>(() => { step(); }).Error.Code;
}
