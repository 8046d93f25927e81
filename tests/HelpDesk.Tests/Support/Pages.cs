using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace HelpDesk.Tests.Support;

/// <summary>Pages for people, as a browser reads them.</summary>
internal static class Pages
{
    public static async Task<IHtmlDocument> Page(this HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var html = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), html);
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/html; charset=utf-8"));
        return await new HtmlParser().ParseDocumentAsync(html);
    }
}
