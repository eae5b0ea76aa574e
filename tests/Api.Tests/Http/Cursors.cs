using System.Text;
using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Http;

public class Cursors
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 8, 30, 0, 123, TimeSpan.Zero);

    [Fact]
    public void A_cursor_carries_the_sort_values_of_the_last_row()
    {
        var page = new PageRequest(Limit: 1).Cut([1, 2], "products/name", _ => ["Hammer ÄÖ", 12L, 1.5m, Time, Id, null]);
        var values = new PageRequest(1, page.NextCursor).After("products/name")!;
        (values.Text(0), values.Number(1), values.Quantity(2), values.Time(3), values.Id(4), values.TextOrNull(5)).ShouldBe(("Hammer ÄÖ", 12L, 1.5m, Time, Id, null));
    }

    [Fact]
    public void The_last_page_has_no_cursor()
    {
        var page = new PageRequest(Limit: 2).Cut([1, 2], "q", row => [row]);
        (page.Data.Count, page.HasMore, page.NextCursor).ShouldBe((2, false, null));
        new PageRequest().After("q").ShouldBeNull();
    }

    [Fact]
    public void A_cursor_of_another_list_is_refused()
    {
        var cursor = new PageRequest(1).Cut([1, 2], "products/name", row => [row]).NextCursor;
        Refused(() => new PageRequest(1, cursor).After("products/price"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%%%")]
    [InlineData("")]
    [InlineData("W10")]
    [InlineData("bnVsbA")]
    [InlineData("WzFd")]
    public void A_malformed_cursor_is_refused(string cursor) => Refused(() => new PageRequest(1, cursor).After("q"));

    [Fact]
    public void A_forged_cursor_with_the_wrong_types_is_refused()
    {
        var cursor = new PageRequest(1).Cut([1, 2], "q", _ => ["text"]).NextCursor;
        var values = new PageRequest(1, cursor).After("q")!;
        Refused(() => values.Number(0));
        Refused(() => values.Id(0));
        Refused(() => values.Time(0));
        Refused(() => values.Text(1));
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(7);
        var cursor = new PageRequest(1).Cut([1, 2], "q", _ => ["text", 5]).NextCursor!;
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(cursor);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            try
            {
                new PageRequest(1, Encoding.ASCII.GetString(bytes)).After("q");
            }
            catch (DomainException e)
            {
                e.Error.Code.ShouldBe("invalid_cursor");
            }
        }
    }

    private static void Refused(Func<object?> read) => Should.Throw<DomainException>(() => read()).Error.Code.ShouldBe("invalid_cursor");
}
