using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Channels;

/// <summary>A small page without scripts: whether mail is sent, and one button to change it. In the customer's language, else in her browser's.</summary>
internal static class OptOutPage
{
    private const string Style =
        """
        :root{color-scheme:light dark}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:Canvas;color:CanvasText;font:17px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
        main{width:100%;max-width:30rem;border:1px solid color-mix(in srgb,CanvasText 18%,transparent);border-radius:16px;padding:32px 28px}
        small{opacity:.75}
        h1{font-size:1.45rem;line-height:1.25;margin:.5rem 0 1rem}
        p{margin:0 0 1.5rem}
        button{width:100%;min-height:48px;padding:12px 20px;border:0;border-radius:10px;background:#0b5fb0;color:#fff;font:inherit;font-weight:600;cursor:pointer}
        button:hover{background:#094f93}
        button:focus-visible{outline:3px solid #f0a000;outline-offset:2px}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static ContentHttpResult Of(HttpContext http, string desk, string token, bool optedOut, bool isDone, string? locale)
    {
        var words = OptOutWords.For(locale, http.Request.Headers.AcceptLanguage);
        var (title, text, button) = optedOut ? (isDone ? words.Ended : words.Off) : isDone ? words.TakenUp : words.On;
        // The address of its own: a proxy may have put something before it.
        var address = optedOut ? $"{token}/opt-in" : token;
        var up = http.Request.Path.Value!.EndsWith("/opt-in", StringComparison.Ordinal) ? "../" : "";
        return Page(http, StatusCodes.Status200OK, words.Language, desk, title, text, $"""<form method="post" action="{up}{address}"><button type="submit">{Safe(button)}</button></form>""");
    }

    public static ContentHttpResult Missing(HttpContext http, string desk)
    {
        var words = OptOutWords.For(null, http.Request.Headers.AcceptLanguage);
        return Page(http, StatusCodes.Status404NotFound, words.Language, desk, words.Missing.Title, words.Missing.Text, "");
    }

    private static ContentHttpResult Page(HttpContext http, int status, string language, string desk, string title, string text, string form)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <small>{Safe(desk)}</small>
            <h1>{Safe(title)}</h1>
            <p>{Safe(text)}</p>
            {form}
            </main>
            </body>
            </html>

            """,
            "text/html", Encoding.UTF8, status);
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
