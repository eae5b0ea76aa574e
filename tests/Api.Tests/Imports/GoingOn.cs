using Mainstreet.Api.Tests.Identity;
using static Mainstreet.Api.Tests.Imports.ImportStarters;

namespace Mainstreet.Api.Tests.Imports;

/// <summary>A product of its own, which is ended in the middle of a file.</summary>
public sealed class GoingOn : IAsyncDisposable
{
    private const int Rows = 450; // three parts, the first of four steps

    private const string GoOn = "drop trigger stop_in_the_middle on events";

    private readonly ApiFixture api = new();

    private static string Shelves => File(["name", .. Enumerable.Range(1, Rows).Select(row => $"Shelf {row}")]);

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Another_process_goes_on_where_one_was_stopped_and_counts_no_row_twice()
    {
        var (shop, id, database) = await StoppedInTheMiddle();
        (await shop.Owner.Get($"/imports/{id}").Returns(200)).Json.GetProperty("rows").GetProperty("processed").GetInt32().ShouldBe(200);
        await api.Restart(() => database.Texts(GoOn));

        var user = api.As(Starters.Token(await api.Guest.Post("/auth/login", new { email = shop.User.Email, password = shop.User.Password }).Returns(200)));
        var owner = await api.As(Starters.Token(await user.Post("/auth/switch-business", new { business_id = shop.Id }).Returns(200))).SteppedUp();
        (await owner.Completed(id)).Rows.ShouldBe([Rows, Rows, 0, 0, 0]);
        (await database.Number("select count(*) from events where type = 'category.created.v1'")).ShouldBe(Rows);
        (await owner.Imported("categories", Shelves)).Rows.ShouldBe([Rows, 0, 0, Rows, 0]);
    }

    [Fact]
    public async Task What_was_taken_before_it_was_canceled_stays_and_nothing_more_comes()
    {
        var (shop, id, database) = await StoppedInTheMiddle();
        await shop.Owner.Post($"/imports/{id}/cancel").Returns(204);
        await database.Until("select count(*) from messages where type = 'import.run' and leased_until is not null", 0); // an attempt from before fails as well
        await database.Texts(GoOn);

        await shop.Owner.Post($"/imports/{id}/cancel").Returns(204);
        await shop.Owner.Upload(id, Shelves).Refused(409, "import_ended");
        await database.Settle();

        (await shop.Owner.Get($"/imports/{id}").Returns(200)).Json.GetProperty("status").GetString().ShouldBe("canceled");
        (await database.Number("select count(*) from events where type = 'category.created.v1'")).ShouldBe(250);
        (await database.Number("select count(*) from import_parts")).ShouldBe(0);
    }

    private async Task<(TestBusiness Shop, Guid Import, WholeDatabase Database)> StoppedInTheMiddle()
    {
        await api.InitializeAsync();
        var shop = await api.NewBusiness();
        var database = new WholeDatabase(api.Database);
        var id = await shop.Owner.NewImport("categories", "csv");
        await database.Texts("""
            create function stop_in_the_middle() returns trigger language plpgsql as $$ begin raise 'stopped'; end $$;
            create trigger stop_in_the_middle before insert on events for each row
              when (new.data->>'name' = 'Shelf 275') execute function stop_in_the_middle();
            """);
        await shop.Owner.Upload(id, Shelves).Returns(204);
        await database.Until("select count(*) from rm.categories_v4", 250); // the first part is done, and the first step of the second one
        return (shop, id, database);
    }
}
