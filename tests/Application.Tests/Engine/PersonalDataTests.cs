using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class PersonalDataTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string Email = "mira@harbour.example";

    [Fact]
    public async Task It_is_encrypted_in_the_log_and_read_in_the_clear()
    {
        var (tenant, user) = (await engine.NewTenant(), new UserId(Uuid.New()));
        await Register(tenant, user);

        var stored = await engine.Rows("select data::text from events where tenant_id = $1", row => row.GetString(0), tenant.Value);
        stored.ShouldHaveSingleItem().ShouldContain("$enc");
        stored[0].ShouldNotContain("mira");
        (await Find(tenant, user)).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task Without_its_subjects_key_it_reads_erased()
    {
        var (tenant, user) = (await engine.NewTenant(), new UserId(Uuid.New()));
        await Register(tenant, user);
        await engine.Rows("delete from subject_keys where tenant_id = $1 and subject_id = $2 returning 1", row => row.GetInt32(0), tenant.Value, user.Value);
        (await Find(tenant, user)).Email.ShouldBe("[erased]");
    }

    [Fact]
    public async Task A_wrapped_key_is_of_no_use_to_another_subject()
    {
        var (tenant, user, other) = (await engine.NewTenant(), new UserId(Uuid.New()), new UserId(Uuid.New()));
        await Register(tenant, user);
        await Register(tenant, other, "other@harbour.example");
        await engine.Rows(
            "update subject_keys set wrapped = (select wrapped from subject_keys where tenant_id = $1 and subject_id = $3) where tenant_id = $1 and subject_id = $2 returning 1",
            row => row.GetInt32(0), tenant.Value, user.Value, other.Value);
        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => Find(tenant, user));
    }

    [Fact]
    public async Task A_key_made_in_a_commit_that_failed_is_not_used_again()
    {
        var (tenant, first, user) = (await engine.NewTenant(), new UserId(Uuid.New()), new UserId(Uuid.New()));
        await Register(tenant, first, "taken@harbour.example");
        var refusal = await Should.ThrowAsync<DomainException>(() => engine.In(tenant, services => services.GetRequiredService<ILane>().Run(
            streams => streams.Of<User>(user.Value),
            (log, now) =>
            {
                log.Append<User, UserEvent>(user.Value, User.Register(user, "taken@harbour.example", "Mira Harbour", null, "hash", now));
                return new Committed(1);
            },
            CancellationToken.None)));
        refusal.Error.Code.ShouldBe("email_taken");

        await Register(tenant, user);
        (await Find(tenant, user)).Email.ShouldBe(Email);
    }

    private Task<Committed> Register(TenantId tenant, UserId user, string email = Email) => engine.In(tenant, services => services.GetRequiredService<IAggregates>()
        .Create<User, UserEvent>(user.Value, () => User.Register(user, email, "Mira Harbour", null, "hash", EngineHost.Day), CancellationToken.None));

    private async Task<User> Find(TenantId tenant, UserId user) => (await engine.In(tenant, services => services.GetRequiredService<IAggregates>()
        .Find<User, UserEvent>(user.Value, CancellationToken.None)))!.State;
}
