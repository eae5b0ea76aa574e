using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Tests.Catalog;

public class ReadingHostileFiles
{
    [Fact]
    public void Every_row_has_its_result_with_line_column_and_code()
    {
        var import = CatalogFiles.ReadFixture("hostile-rows.csv");

        var rows = import.Rows.Select(row =>
            string.Join(' ', [$"{row.Line}", row.Handle ?? "-", $"{row.Status}", .. row.Errors.Select(e => $"[{e.Column ?? "row"}: {e.Code}]")]));
        rows.ShouldBe($"""
            2 rain-barrel Ok
            5 rain-barrel Ok
            6 rain-barrel Ok
            7 rain-barrel Ok
            8 rain-barrel Ok
            10 - Ignored
            11 tea-towel Faulty [Variant Price: number_invalid]
            12 lantern Ok
            13 tea-towel Faulty [Variant Price: number_places] [Variant SKU: sku_duplicate]
            14 tea-towel Faulty [Variant Price: number_negative]
            15 tea-towel Ok
            16 tea-towel Faulty [row: variant_duplicate]
            17 tea-towel Faulty [Variant SKU: sku_duplicate]
            18 tea-towel Faulty [Option1 Value: required]
            19 tea-towel Faulty [Variant Price: required]
            20 tea-towel Faulty [Option1 Name: option_name_differs]
            21 tea-towel Faulty [Option2 Value: option_unexpected]
            22 tea-towel Ok
            23 tea-towel Faulty [Image Src: url_invalid]
            24 n-free Faulty [Variant Price: number_invalid]
            25 n-euro Faulty [Variant Price: number_invalid]
            26 n-thousands Faulty [Variant Price: number_invalid]
            27 n-exponent Faulty [Variant Price: number_invalid]
            28 n-huge Faulty [Variant Price: number_too_large]
            29 n-long Faulty [Variant Price: number_invalid]
            30 n-nan Faulty [Variant Price: number_invalid]
            31 n-blank Faulty [Variant Price: required]
            32 n-qty Faulty [Variant Inventory Qty: number_places]
            33 n-qty-negative Faulty [Variant Inventory Qty: number_negative]
            34 n-grams Faulty [Variant Grams: number_invalid]
            35 n-compare Faulty [Variant Compare At Price: number_invalid]
            36 n-position Faulty [Image Position: number_places]
            37 w-published Faulty [Published: not_one_of]
            38 w-policy Faulty [Variant Inventory Policy: not_one_of]
            39 w-status Faulty [Status: not_one_of]
            40 w-archived Ok
            41 w-draft Ok
            42 f-title Faulty [Title: formula_cell]
            43 =cmd Faulty [Handle: formula_cell]
            44 f-tags Faulty [Tags: formula_cell]
            45 f-vendor Faulty [Vendor: formula_cell]
            46 f-option Faulty [Option1 Name: formula_cell]
            47 f-value Faulty [Option1 Value: formula_cell]
            48 f-value Ok
            49 f-tab Faulty [Title: formula_cell]
            50 f-body Ok
            51 t-none Faulty [Title: required]
            52 t-none Faulty [row: product_faulty]
            53 t-none Faulty [row: product_faulty]
            54 - Faulty [Handle: required]
            55 bad handle! Faulty [Handle: handle_invalid]
            56 ../etc/passwd Faulty [Handle: handle_invalid]
            57 h-{new string('x', 198)} Faulty [Handle: too_long]
            58 t-long Faulty [Title: too_long]
            59 t-control Faulty [Title: control_character]
            60 t-lines Ok
            62 o-name Faulty [Option1 Name: required]
            63 o-twice Faulty [Option2 Name: option_name_duplicate]
            64 o-title Ok
            65 o-single Ok
            66 o-single Faulty [row: variant_duplicate]
            67 o-single Faulty [Option1 Value: option_unexpected]
            68 b-one Faulty [Variant Barcode: barcode_duplicate]
            69 i-ftp Faulty [Image Src: url_invalid]
            70 i-user Faulty [Image Src: url_invalid]
            71 r-short Faulty [row: row_too_short]
            72 r-long Faulty [row: row_too_long]
            73 r-quote Faulty [Title: quote_stray]
            74 r-quote Faulty [row: product_faulty]
            75 r-spaced Faulty [Title: quote_stray]
            76 r-merged Faulty [Title: quote_stray]
            78 last Ok
            """.Split('\n'));
        import.DetectedEncoding.ShouldBe("utf-8-bom");
        import.UnknownColumns.ShouldBe(["Warehouse Shelf"]);
        import.MissingColumns.ShouldBe(["Option3 Name", "Option3 Value"]);
        import.Warnings.Select(w => (w.Line, w.Column, w.Code)).ShouldBe(
        [
            (2, "Body (HTML)", "html_removed"),
            (6, "Variant Compare At Price", "compare_at_not_higher"),
            (22, "Title", "title_differs"),
        ]);
    }

    [Fact]
    public void Good_rows_among_faulty_ones_are_kept()
    {
        var import = CatalogFiles.ReadFixture("hostile-rows.csv");

        import.Products.Select(p => (p.Handle, Variants: string.Join(", ", p.Variants.Select(v => v.Line)))).ShouldBe(
        [
            ("rain-barrel", "2, 5, 6"),
            ("tea-towel", "15, 22"),
            ("lantern", "12"),
            ("w-archived", "40"),
            ("w-draft", "41"),
            ("f-value", "48"),
            ("f-body", "50"),
            ("t-lines", "60"),
            ("o-title", "64"),
            ("o-single", "65"),
            ("last", "78"),
        ]);
    }

    [Theory]
    [InlineData("hostile-rows.csv")]
    [InlineData("hostile-latin1.csv")]
    public void What_is_kept_is_a_product_by_the_rules_of_the_domain(string file)
    {
        foreach (var product in CatalogFiles.ReadFixture(file).Products)
        {
            Product.Create(product.Id, CatalogFiles.DraftOf(product), DateTimeOffset.UnixEpoch).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_fault_says_what_to_do_about_it()
    {
        var import = CatalogFiles.ReadFixture("hostile-rows.csv");

        ErrorOn(13, RowErrors.SkuDuplicate).ShouldBe("TT-1 is on line 11 already.");
        ErrorOn(16, RowErrors.VariantDuplicate).ShouldBe("slate is on line 15 already.");
        ErrorOn(20, RowErrors.OptionNameDiffers).ShouldBe("The product's first row, line 11, calls this option Colour.");
        ErrorOn(24, RowErrors.NumberInvalid).ShouldBe("Variant Price is not a number such as 1299.50.");
        ErrorOn(37, RowErrors.NotOneOf).ShouldBe("Published is one of true, false.");
        ErrorOn(52, RowErrors.ProductFaulty).ShouldBe("The first row of t-none, line 51, is faulty, so the product cannot be imported.");
        ErrorOn(71, RowErrors.RowTooShort).ShouldBe("The row has 2 cells; the header names 27 columns.");

        string ErrorOn(int line, string code) => import.Rows.Single(r => r.Line == line).Errors.Single(e => e.Code == code).Message;
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_read_as_a_spreadsheet_writes_them()
    {
        var import = CatalogFiles.ReadFixture("hostile-latin1.csv");

        import.DetectedEncoding.ShouldBe("windows-1252");
        import.Warnings.ShouldHaveSingleItem().Code.ShouldBe("encoding_assumed");
        var product = import.Products.ShouldHaveSingleItem();
        product.Title.ShouldBe("Crème brûlée für 5 € – “fein”");
        product.OptionNames.ShouldBe(["Größe"]);
    }

    [Fact]
    public void Carriage_returns_alone_end_lines_too()
    {
        var import = CatalogFiles.ReadFixture("hostile-carriage-returns.csv");

        import.Rows.Select(r => (r.Line, r.Handle, r.Status)).ShouldBe([(2, "teapot", RowStatus.Ok), (4, "mug", RowStatus.Faulty)]);
    }

    [Theory]
    [InlineData("hostile-columns-missing.csv", "csv_columns_missing", 1, "Title, Variant Price")]
    [InlineData("hostile-columns-duplicate.csv", "csv_columns_duplicate", 1, "Title, Tags")]
    [InlineData("hostile-header.csv", "csv_header_malformed", 1, "Ti\"tle")]
    [InlineData("hostile-semicolons.csv", "csv_separator", 1, null)]
    [InlineData("hostile-quote-unclosed.csv", "csv_quote_unclosed", 4, null)]
    [InlineData("hostile-nul.csv", "csv_nul_byte", 4, null)]
    [InlineData("hostile-utf16.csv", "csv_nul_byte", 1, null)]
    [InlineData("hostile-empty.csv", "csv_empty", 1, null)]
    public void A_file_that_cannot_be_trusted_is_refused_whole(string file, string code, int line, string? columns)
    {
        var error = Should.Throw<DomainException>(() => CatalogFiles.ReadFixture(file)).Error;

        error.Code.ShouldBe(code);
        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Details!["line"].ShouldBe(line);
        (error.Details.TryGetValue("columns", out var named) ? string.Join(", ", (string[])named!) : null).ShouldBe(columns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_refused(string csv) => Refusal(csv).Code.ShouldBe("csv_empty");

    [Fact]
    public void Ten_thousand_rows_are_read_and_one_more_is_refused()
    {
        var csv = "Handle,Title,Variant Price\n" + string.Concat(Enumerable.Range(0, CsvRecords.MaxRows).Select(i => $"p{i},Product,5\n"));

        CatalogFiles.ReadText(csv).Products.Count.ShouldBe(10_000);
        var error = Refusal(csv + "one-more,Product,5\n");
        error.Code.ShouldBe("csv_too_many_rows");
        error.Details!["line"].ShouldBe(10_002);
    }

    [Fact]
    public void A_cell_of_a_hundred_thousand_characters_is_read_and_a_longer_one_is_refused()
    {
        const string header = "Handle,Title,Variant Price,Body (HTML)\nmug,Mug,5,\nteapot,Teapot,5,";
        var body = new string('x', CsvRecords.MaxCell);

        CatalogFiles.ReadText(header + body).Products[1].DescriptionHtml.ShouldBe(body);
        var error = Refusal(header + body + 'x');
        error.Code.ShouldBe("csv_cell_too_large");
        error.Details!["line"].ShouldBe(3);
    }

    [Fact]
    public void A_product_has_at_most_250_variants_and_100_images()
    {
        var rows = Enumerable.Range(2, 250).Select(i => $"p,Product,5,Size,{i},https://shop.example/{Math.Min(i, 102)}.svg\n");
        var import = CatalogFiles.ReadText("Handle,Title,Variant Price,Option1 Name,Option1 Value,Image Src\n" + string.Concat(rows) + "p,,5,,last,\n");

        var product = import.Products.ShouldHaveSingleItem();
        product.Images.Count.ShouldBe(100);
        product.Variants.Count.ShouldBe(101);
        import.Rows[100].Errors.ShouldHaveSingleItem().Code.ShouldBe(RowErrors.TooManyImages);

        var variants = string.Concat(Enumerable.Range(2, 251).Select(i => $"p,Product,5,Size,{i}\n"));
        import = CatalogFiles.ReadText("Handle,Title,Variant Price,Option1 Name,Option1 Value\n" + variants);
        import.Products.ShouldHaveSingleItem().Variants.Count.ShouldBe(250);
        import.Rows[250].Errors.ShouldHaveSingleItem().Code.ShouldBe(RowErrors.TooManyVariants);
    }

    [Fact]
    public void Any_prefix_of_a_file_gives_an_answer_or_a_clear_refusal()
    {
        var bytes = File.ReadAllBytes(CatalogFiles.PathOf("tests", "fixtures", "catalog", "hostile-rows.csv"));

        for (var length = 0; length <= bytes.Length; length++)
        {
            try
            {
                ProductCsv.Read(bytes.AsSpan(0, length), "EUR");
            }
            catch (DomainException refusal)
            {
                refusal.Error.Kind.ShouldBe(ErrorKind.Invalid);
            }
        }
    }

    private static DomainError Refusal(string csv) => Should.Throw<DomainException>(() => CatalogFiles.ReadText(csv)).Error;
}
