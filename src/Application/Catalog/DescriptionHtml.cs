using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Mainstreet.Application.Catalog;

/// <summary>A description that is safe to show: only allowed tags, every tag closed, or null when no text is left.</summary>
/// <param name="Html">The HTML, or null.</param>
/// <param name="Removed">True when content or a link was taken out, not only its styling.</param>
internal readonly record struct SanitizedHtml(string? Html, bool Removed);

/// <summary>
/// Reduces HTML to <c>p br ul ol li strong em b i h2 h3 h4 a[href]</c>. It writes from the tokens of AngleSharp's
/// tokenizer instead of building a tree, so its time and memory grow with the length of the text alone, however the tags are nested.
/// </summary>
internal static class DescriptionHtml
{
    private const int MaxDepth = 32;
    private const int MaxLinkLength = 2048;

    private static readonly FrozenSet<string> Inline = new[] { "strong", "em", "b", "i", "a" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Blocks = new[] { "p", "h2", "h3", "h4" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Lists = new[] { "ul", "ol" }.ToFrozenSet(StringComparer.Ordinal);

    // Dropped tags that end a line in a browser: their texts must not run together.
    private static readonly FrozenSet<string> LineBreaking = new[]
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h5", "h6",
        "header", "hr", "li", "main", "nav", "pre", "section", "table", "tbody", "td", "th", "thead", "tr",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Dropped with all they contain. The tokenizer has to be told which of them hold raw text.
    private static readonly FrozenDictionary<string, HtmlParseMode> Hidden = new Dictionary<string, HtmlParseMode>(StringComparer.Ordinal)
    {
        ["script"] = HtmlParseMode.Script,
        ["style"] = HtmlParseMode.Rawtext,
        ["xmp"] = HtmlParseMode.Rawtext,
        ["iframe"] = HtmlParseMode.Rawtext,
        ["noembed"] = HtmlParseMode.Rawtext,
        ["noframes"] = HtmlParseMode.Rawtext,
        ["noscript"] = HtmlParseMode.Rawtext,
        ["title"] = HtmlParseMode.RCData,
        ["textarea"] = HtmlParseMode.RCData,
        ["template"] = HtmlParseMode.PCData,
        ["object"] = HtmlParseMode.PCData,
        ["svg"] = HtmlParseMode.PCData,
        ["math"] = HtmlParseMode.PCData,
        ["select"] = HtmlParseMode.PCData,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static SanitizedHtml Sanitize(string html)
    {
        var writer = new Writer();
        using var source = new TextSource(html);
        var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            if (token.Type == HtmlTokenType.StartTag && Hidden.TryGetValue(token.Name, out var mode))
            {
                writer.Removed = true;
                Skip(tokenizer, token.AsTag(), mode);
            }
            else
            {
                Write(writer, token);
            }
        }

        return new(writer.Finish(), writer.Removed);
    }

    private static void Skip(HtmlTokenizer tokenizer, HtmlTagToken start, HtmlParseMode mode)
    {
        var open = start.IsSelfClosing && mode == HtmlParseMode.PCData ? 0 : 1;
        for (var token = (HtmlToken)start; open > 0 && token.Type != HtmlTokenType.EndOfFile;)
        {
            if (token.Type == HtmlTokenType.StartTag && Hidden.TryGetValue(token.Name, out var inner))
            {
                tokenizer.State = inner;
            }

            token = tokenizer.Get();
            open += !string.Equals(token.Name, start.Name, StringComparison.Ordinal) ? 0
                : token.Type == HtmlTokenType.StartTag ? 1
                : token.Type == HtmlTokenType.EndTag ? -1 : 0;
        }
    }

    private static void Write(Writer writer, HtmlToken token)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character:
                writer.Text(token.Data);
                break;
            case HtmlTokenType.StartTag:
                Open(writer, token.AsTag());
                break;
            case HtmlTokenType.EndTag:
                if (!writer.Close(token.Name) && LineBreaking.Contains(token.Name))
                {
                    writer.Break();
                }

                break;
        }
    }

    private static void Open(Writer writer, HtmlTagToken tag)
    {
        var name = tag.Name;
        if (name is "br")
        {
            writer.LineBreak();
        }
        else if (name is "a")
        {
            writer.Close("a");
            if (Link(tag.GetAttribute("href")) is { } href)
            {
                writer.Open("a", $" href=\"{Writer.Escape(href).Replace("\"", "&quot;", StringComparison.Ordinal)}\"");
            }
            else
            {
                writer.Removed |= tag.GetAttribute("href").Length > 0;
            }
        }
        else if (Inline.Contains(name))
        {
            writer.Open(name);
        }
        else if (Blocks.Contains(name) || Lists.Contains(name))
        {
            writer.CloseAny(Blocks);
            writer.Open(name);
        }
        else if (name is "li" && writer.InList)
        {
            writer.CloseAny(Blocks);
            writer.Close("li");
            writer.Open("li");
        }
        else if (LineBreaking.Contains(name))
        {
            writer.Break();
        }
    }

    private static string? Link(string href) =>
        href.Length <= MaxLinkLength && Uri.TryCreate(href.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"
            ? uri.AbsoluteUri
            : null;

    /// <summary>Writes tags so that each one opened is closed, in order, at any input.</summary>
    private sealed class Writer
    {
        private readonly StringBuilder _html = new();
        private readonly List<string> _open = [];
        private bool _hasText;

        public bool Removed { get; set; }

        public bool InList => _open.Exists(Lists.Contains);

        public static string Escape(string text) => text
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

        public void Text(string text)
        {
            var clean = new string([.. text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
            _hasText |= !string.IsNullOrWhiteSpace(clean);
            _html.Append(Escape(clean));
        }

        public void Break()
        {
            if (_html.Length > 0 && !char.IsWhiteSpace(_html[^1]))
            {
                _html.Append(' ');
            }
        }

        public void LineBreak() => _html.Append("<br>");

        public void Open(string tag, string attributes = "")
        {
            if (_open.Count < MaxDepth)
            {
                _open.Add(tag);
                _html.Append('<').Append(tag).Append(attributes).Append('>');
            }
        }

        /// <summary>Closes the innermost such tag of the present list item with what is open inside it; false when there is none.</summary>
        public bool Close(string tag)
        {
            var from = Lists.Contains(tag) ? 0 : _open.FindLastIndex(Lists.Contains) + 1;
            var index = _open.LastIndexOf(tag);
            if (index < from)
            {
                return false;
            }

            for (var i = _open.Count - 1; i >= index; i--)
            {
                _html.Append("</").Append(_open[i]).Append('>');
            }

            _open.RemoveRange(index, _open.Count - index);
            return true;
        }

        public void CloseAny(FrozenSet<string> tags)
        {
            foreach (var tag in tags)
            {
                Close(tag);
            }
        }

        public string? Finish()
        {
            for (var i = _open.Count - 1; i >= 0; i--)
            {
                _html.Append("</").Append(_open[i]).Append('>');
            }

            return _hasText ? _html.ToString().Trim() : null;
        }
    }
}
