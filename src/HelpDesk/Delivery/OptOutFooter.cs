namespace HelpDesk.Delivery;

/// <summary>What stands under every mail to a customer, whatever template it is of: how to have no more of them.</summary>
internal static class OptOutFooter
{
    private const string Style = "max-width:600px;margin:32px auto 0;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;opacity:.75";

    public static RenderedMessage Add(RenderedMessage message, Language language, string? url)
    {
        if (url is null) return message;
        var html = $"""
            <div lang="{language.Code}" style="{Style}">{HtmlText.Escape(language.OptOut.Why)} <a href="{HtmlText.Escape(url)}">{HtmlText.Escape(language.OptOut.How)}</a></div>

            """;
        var end = message.Html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return message with
        {
            Text = $"{message.Text.TrimEnd()}\n\n-- \n{language.OptOut.Why} {language.OptOut.How}:\n{url}\n",
            Html = end < 0 ? message.Html + html : message.Html.Insert(end, html),
        };
    }
}
