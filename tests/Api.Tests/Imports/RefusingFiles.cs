using System.IO.Compression;
using System.Text;

namespace Mainstreet.Api.Tests.Imports;

public sealed class RefusingFiles(ApiFixture api)
{
    public static TheoryData<string, string, string, int> Broken => new()
    {
        { "csv", "", "import_file_empty", 1 },
        { "ndjson", "\n \n", "import_file_empty", 1 },
        { "csv", "name\n", "import_file_empty", 1 },
        { "csv", "name\nPots\0\n", "import_file_not_text", 2 },
        { "csv", "name\nPots\n\"Pa\nns\n", "csv_quote_unclosed", 3 },
        { "csv", "name,Name\nPots,Pans\n", "import_columns_duplicate", 1 },
        { "csv", "name,colour\nPots,red\n", "import_columns_unknown", 1 },
        { "csv", "display_order\n1\n", "import_columns_missing", 1 },
        { "csv", "name\nPots\n" + new string('x', 1024 * 1024), "import_row_too_large", 3 },
        { "csv", "name\nPots\n" + new string(',', 600), "import_too_many_columns", 3 },
        { "ndjson", "{}\n{\"name\":\"" + new string('x', 1024 * 1024) + "\"}\n", "import_row_too_large", 2 },
        { "ndjson", string.Concat(Enumerable.Repeat("{}\n", 100_001)), "import_too_many_rows", 100_001 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_file_is_refused_whole_and_says_where_it_broke(string format, string file, string code, int line)
    {
        var owner = (await api.NewBusiness()).Owner;
        var id = await owner.NewImport("categories", format);
        (await owner.Upload(id, file).Refused(400, code)).Json.GetProperty("line").GetInt32().ShouldBe(line);
        (await owner.Get($"/imports/{id}").Returns(200)).Json.GetProperty("status").GetString().ShouldBe("awaiting_file");
        (await new WholeDatabase(api.Database).Number($"select count(*) from import_parts where import_id = '{id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_text_is_no_table()
    {
        var owner = (await api.NewBusiness()).Owner;
        var id = await owner.NewImport("categories", "csv");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("categories.csv");
        }

        (await owner.Upload(id, zip.ToArray()).Send()).Status.ShouldBe(400);
        (await owner.Upload(id, [.. "name\nPots\nCr"u8, 0xE8, .. "me\n"u8]).Refused(400, "import_file_not_utf8")).Json.GetProperty("line").GetInt32().ShouldBe(3);
        (await owner.Upload(id, [.. "name\nPots"u8, 0xC3]).Refused(400, "import_file_not_utf8")).Json.GetProperty("line").GetInt32().ShouldBe(2);
        await owner.Upload(id, Encoding.Unicode.GetBytes("name\nPots\n")).Refused(400, "import_file_not_text");
        await owner.Upload(id, new byte[(25 * 1024 * 1024) + 1]).Refused(413, "body_too_large");
        await owner.Upload(id, "name\nPots\n").Returns(204);
        (await owner.Completed(id)).Rows.ShouldBe([1, 1, 0, 0, 0]);
    }

    [Fact]
    public async Task A_mangled_file_is_read_or_refused()
    {
        const string good = "id,name,slug,parent_id,display_order,active\n0190c2d0-0000-7000-8000-000000000001,\"Spades, large\",spades,,4,true\n,'=Pots,pots,,1,false\n";
        var owner = (await api.NewBusiness()).Owner;
        var random = new Random(20261122);
        for (var i = 0; i < 60; i++)
        {
            var file = Encoding.UTF8.GetBytes(good);
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                file[random.Next(file.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\",;\n\t-1eE.0\\'="[random.Next(14)];
            }

            var id = await owner.NewImport("categories", "csv");
            if ((await owner.Upload(id, file).Send()).Status == 204)
            {
                await owner.Completed(id);
            }
            else
            {
                await owner.Post($"/imports/{id}/cancel").Returns(204);
            }
        }
    }
}
