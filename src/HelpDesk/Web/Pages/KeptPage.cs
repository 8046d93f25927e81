using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Web.Pages;

/// <summary>A page that was made before it was asked for.</summary>
/// <param name="ETag">Of what it says.</param>
internal sealed record KeptPage(byte[] Body, string ETag)
{
    private const int TagBytes = 15;

    public static KeptPage Of(string html)
    {
        var body = Encoding.UTF8.GetBytes(html);
        return new(body, $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, TagBytes))}\"");
    }
}

/// <summary>A kept page as an answer to everybody: whoever has it asks about it each time, which costs next to nothing, so that nobody shows what holds no more.</summary>
internal sealed class KeptPageAnswer(PageLanguage language, KeptPage page) : IResult
{
    /// <summary>Whether search engines may list it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whose pages may show it in a frame, as Content-Security-Policy has it.</summary>
    public string FrameAncestors { get; init; } = "'none'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        PageHeaders.Set(response, language, FrameAncestors, "public, no-cache", IsListed);
        response.Headers.ETag = page.ETag;
        if (httpContext.IsNotModified())
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = PageHeaders.ContentType;
        return response.Body.WriteAsync(page.Body, httpContext.RequestAborted).AsTask();
    }
}
