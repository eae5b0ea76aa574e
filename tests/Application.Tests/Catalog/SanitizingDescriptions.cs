using Mainstreet.Application.Catalog;

namespace Mainstreet.Application.Tests.Catalog;

public class SanitizingDescriptions
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>")]
    [InlineData("<P CLASS=big style='color:red' onclick=\"x()\">One</P>", "<p>One</p>")]
    [InlineData("plain & simple, 5 < 6", "plain &amp; simple, 5 &lt; 6")]
    [InlineData("caf&eacute; &amp; &#x3C;b&#62;", "café &amp; &lt;b&gt;")]
    [InlineData("a<br>b<br/>c", "a<br>b<br>c")]
    [InlineData("<ul><li>One<li>Two</ul>", "<ul><li>One</li><li>Two</li></ul>")]
    [InlineData("<ul><li>One<ol><li>Inner</ol><li>Two</ul>", "<ul><li>One<ol><li>Inner</li></ol></li><li>Two</li></ul>")]
    [InlineData("<p>One<p>Two", "<p>One</p><p>Two</p>")]
    [InlineData("<b>bold <i>both</b> italic</i>", "<b>bold <i>both</i></b> italic")]
    [InlineData("<h1>Big</h1><h2>Head</h2><h5>Small</h5>", "Big <h2>Head</h2> Small")]
    [InlineData("<div>One</div><div>Two <span>three</span></div>", "One Two three")]
    [InlineData("<table><tr><td>1</td><td>2</td></tr></table>", "1 2")]
    [InlineData("</p></ul>text</b>", "text")]
    [InlineData("<li>alone</li>", "alone")]
    [InlineData("<p><b>open", "<p><b>open</b></p>")]
    [InlineData("bell\a and\r\nlines", "bell and\nlines")]
    public void Allowed_tags_stay_and_are_closed(string html, string expected)
    {
        var sanitized = DescriptionHtml.Sanitize(html);

        sanitized.Html.ShouldBe(expected);
        sanitized.Removed.ShouldBeFalse();
        DescriptionHtml.Sanitize(expected).Html.ShouldBe(expected);
    }

    [Theory]
    [InlineData("a<script>alert('<p>')</script>b", "ab")]
    [InlineData("a<script/>alert(1)</script>b", "ab")]
    [InlineData("a<style>p{}</style>b", "ab")]
    [InlineData("a<svg onload=x><script>1</script><p>in</p><svg></svg>in</svg>b", "ab")]
    [InlineData("a<svg/>b", "ab")]
    [InlineData("a<template><p>in</p><template></template>in</template>b", "ab")]
    [InlineData("a<textarea><img src=x onerror=alert(1)></textarea>b", "ab")]
    [InlineData("a<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "a\"&gt;")]
    [InlineData("a<iframe src=//x>in</iframe>b", "ab")]
    [InlineData("a<script>never closed <b>b</b>", "a")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "x")]
    [InlineData("<a href=\" jAvA&#10;script:alert(1)\">x</a>", "x")]
    [InlineData("<a href=\"data:text/html,x\">x</a>", "x")]
    [InlineData("<a href=\"//other.example/\">x</a>", "x")]
    [InlineData("<a href=\"/relative\">x</a>", "x")]
    public void What_could_run_or_lead_astray_is_taken_out(string html, string expected)
    {
        var sanitized = DescriptionHtml.Sanitize(html);

        sanitized.Html.ShouldBe(expected);
        sanitized.Removed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("<a href=https://a.example/x?y=1&z=2 target=_blank>x</a>", "<a href=\"https://a.example/x?y=1&amp;z=2\">x</a>")]
    [InlineData("<a href='http://a.example/\"onclick=x'>x</a>", "<a href=\"http://a.example/%22onclick=x\">x</a>")]
    [InlineData("<a href=mailto:shop@a.example>x</a>", "<a href=\"mailto:shop@a.example\">x</a>")]
    [InlineData("<a href=http://a.example/>x<a href=http://b.example/>y", "<a href=\"http://a.example/\">x</a><a href=\"http://b.example/\">y</a>")]
    [InlineData("<a name=top>x</a>", "x")]
    public void Links_to_web_and_mail_stay(string html, string expected) => DescriptionHtml.Sanitize(html).ShouldBe(new SanitizedHtml(expected, Removed: false));

    [Theory]
    [InlineData("")]
    [InlineData("<p> </p><br>")]
    [InlineData("<!-- nothing -->")]
    public void No_text_is_no_description(string html) => DescriptionHtml.Sanitize(html).Html.ShouldBeNull();

    [Theory]
    [InlineData("<b>")]
    [InlineData("<ul><li>")]
    [InlineData("<svg>")]
    [InlineData("<script>")]
    [InlineData("<!--")]
    [InlineData("<a href=http://a.example/ ")]
    [InlineData("</p>")]
    [InlineData("<p <p x=")]
    public void A_hundred_thousand_characters_of_tags_are_read_without_nesting_deeper_than_shown(string repeated)
    {
        var html = DescriptionHtml.Sanitize("x" + string.Concat(Enumerable.Repeat(repeated, 100_000 / repeated.Length))).Html!;

        var (depth, deepest) = (0, 0);
        for (var i = html.IndexOf('<'); i >= 0; i = html.IndexOf('<', i + 1))
        {
            depth += html[i + 1] == '/' ? -1 : 1;
            deepest = Math.Max(deepest, depth);
        }

        depth.ShouldBe(0);
        deepest.ShouldBeLessThanOrEqualTo(32);
    }
}
