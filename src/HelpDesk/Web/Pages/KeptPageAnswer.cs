namespace HelpDesk.Web.Pages;

/// <summary>A kept page as an answer to everybody: whoever has it asks about it each time, which costs next to nothing, so that nobody shows what holds no more.</summary>
internal sealed class KeptPageAnswer(PageLanguage language, KeptBody page) : IResult
{
    /// <summary>Whether search engines may list it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whose pages may show it in a frame, as Content-Security-Policy has it.</summary>
    public string FrameAncestors { get; init; } = "'none'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        PageHeaders.Set(response, language, FrameAncestors, "public, no-cache", IsListed);
        var copy = page.For(httpContext);
        if (httpContext.IsNotModified())
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return copy.Write(response, PageHeaders.ContentType, httpContext.RequestAborted);
    }
}
