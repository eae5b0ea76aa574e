using Mainstreet.Infrastructure.Migrations;

namespace Mainstreet.Application.Tests.Migrations;

public sealed class MigrationFiles
{
    [Fact]
    public void Embedded_files_are_numbered_without_a_gap()
    {
        var numbers = Migration.Embedded().Select(m => m.Number).ToArray();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Length));
    }

    [Theory]
    [InlineData("1_core.sql")]
    [InlineData("0001-core.sql")]
    [InlineData("0001_core.SQL")]
    public void Other_names_are_refused(string fileName) =>
        Should.Throw<MigrationException>(() => Migration.Parse(fileName, "select 1")).Message.ShouldContain(fileName);

    [Fact]
    public void Line_endings_do_not_change_the_checksum() =>
        Migration.Parse("0001_a.sql", "select 1;\r\nselect 2;\r\n").Checksum
            .ShouldBe(Migration.Parse("0001_a.sql", "select 1;\nselect 2;\n").Checksum);
}
