using Mainstreet.Api.Pos;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Application.Pos;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Pos;

public sealed class PrintingReceipts(ApiFixture api)
{
    [Fact]
    public void A_printer_gets_these_bytes()
    {
        var receipt = new Receipt("A-1001", "EUR", "en",
        [
            new(ReceiptStyle.Title, "Café"), new(ReceiptStyle.Plain, "Receipt A-1001", "12:00"), new(ReceiptStyle.Rule, ""), new(ReceiptStyle.Plain, "Lamp of a very long name indeed", "11.90"),
            new(ReceiptStyle.Plain, "כוס\u001bp\u0000"), new(ReceiptStyle.Strong, "Total EUR", "11.90"), new(ReceiptStyle.Code, "urn:x"),
        ]);

        Shown(EscPos.Of(receipt, columns: 24)).ShouldBe(
            @"<1B>@<1B>t<13>" // begin, code page 858
            + @"<1B>a<01><1D>!<11>Caf<82><0A><1D>!<00><1B>a<00>"
            + @"Receipt A-1001     12:00<0A>"
            + @"------------------------<0A>"
            + @"Lamp of a very long name<0A> indeed            11.90<0A>"
            + @"??? p <0A>" // no letters of that page, and no command
            + @"<1B>E<01>Total EUR          11.90<0A><1B>E<00>"
            + @"<1B>a<01><1D>(k<04><00>1A2<00><1D>(k<03><00>1C<06><1D>(k<03><00>1E1<1D>(k<08><00>1P0urn:x<1D>(k<03><00>1Q0<1B>a<00>"
            + @"<1B>d<04><1D>VB<00>");

        static string Shown(byte[] bytes) => string.Concat(bytes.Select(value => value is >= 0x20 and < 0x7F ? $"{(char)value}" : $"<{value:X2}>"));
    }

    [Fact]
    public async Task One_receipt_comes_as_lines_as_a_page_and_for_a_printer()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods("<b>Lamp</b>"));
        var rungUp = await till.RingUp(lamp, 2, Card(1000), Cash(500)).Returns(201);

        var lines = (await Receipt(null)).Json;
        lines.List("lines").Select(line => $"{line.Text("style")}: {line.Text("text")} {line.Text("amount")}".TrimEnd()).Where(line => !line.Contains(" 20", StringComparison.Ordinal)).ShouldBe(
        [
            "title: acme", "plain: Till A", "rule:", "plain: <b>Lamp</b> 11.90", "plain:   2 x 5.95", "rule:", "plain: Included tax 19% of 10.00 1.90", "strong: Total EUR 11.90",
            "plain: Card T-1 10.00", "plain: Cash 5.00", "plain: Change -3.10", $"code: urn:uuid:{rungUp.Id}",
        ]);

        var page = await Receipt("text/html,application/xhtml+xml,*/*;q=0.8");
        (page.Header("Content-Type"), page.Header("Content-Security-Policy")).ShouldBe(("text/html; charset=utf-8", ReceiptPage.Policy));
        page.Text.ShouldContain("&lt;b&gt;Lamp&lt;/b&gt;");
        page.Text.ShouldContain("<svg");

        var printed = await Receipt("application/octet-stream;q=0.9, text/html;q=0.1");
        printed.Header("Content-Type").ShouldBe("application/octet-stream");
        printed.Text.ShouldStartWith("\u001b@");
        (await Receipt(EscPos.MediaType, "?columns=32")).Text.ShouldContain(new string('-', 32) + "\n");
        await acme.Owner.Get($"{rungUp.Path()}/receipt?columns=10").Refused(400, "invalid_parameter");
        await acme.Owner.Get($"/business/sales/{Guid.NewGuid()}/receipt").Refused(404, "not_found");

        await till.Session.Post($"{rungUp.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);
        (await Receipt(null)).Json.List("lines").Texts("text").ShouldContain("VOID");

        Task<ApiAnswer> Receipt(string? accept, string query = "") => accept is null
            ? acme.Owner.Get($"{rungUp.Path()}/receipt{query}").Returns(200)
            : acme.Owner.Get($"{rungUp.Path()}/receipt{query}").With("Accept", accept).Returns(200);
    }

    [Fact]
    public async Task A_receipt_speaks_the_language_of_the_business_where_it_can_be_written()
    {
        var acme = await api.NewBusiness();
        await acme.Taxes(19);
        var (till, lamp) = (await acme.NewTill(), await acme.Goods("Lampu"));
        var rungUp = await till.RingUp(lamp, 1, Cash(1000)).Returns(201);
        var path = $"{rungUp.Path()}/receipt";

        await acme.Owner.Patch("/business/settings", new { locale = "ms-MY" }).Returns(204);
        (await acme.Owner.Get(path).Returns(200)).Json.List("lines").Texts("text").ShouldContain("Termasuk cukai 19% daripada 5.00");
        (await acme.Owner.Get(path).With("Accept", EscPos.MediaType).Returns(200)).Text.ShouldContain("Tunai");

        await acme.Owner.Patch("/business/settings", new { locale = "he-IL" }).Returns(204);
        (await acme.Owner.Get(path).Returns(200)).Json.List("lines").Texts("text").ShouldContain("סה״כ EUR");
        (await acme.Owner.Get(path).With("Accept", "text/html").Returns(200)).Text.ShouldContain("<html lang=\"he\" dir=\"rtl\">");
        (await acme.Owner.Get(path).With("Accept", EscPos.MediaType).Returns(200)).Text.ShouldContain("Total EUR");
    }
}
