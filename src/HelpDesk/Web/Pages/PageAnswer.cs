using System.Text;

namespace HelpDesk.Web.Pages;

/// <summary>A page as the answer to a request: only files of the desk's own, no script in the page, no frame around it, kept by nobody, unless it says otherwise.</summary>
internal sealed class PageAnswer<TPage, TModel>(PageFrame frame, TModel model) : IResult
    where TPage : PageComponent<TModel>
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Who may keep it, and how long.</summary>
    public string CacheControl { get; init; } = "no-store";

    /// <summary>Whether search engines may list it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whose pages may show it in a frame, as Content-Security-Policy has it.</summary>
    public string FrameAncestors { get; init; } = "'none'";

    /// <summary>Whether its script asks the desk for more.</summary>
    public bool AsksDesk { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = await httpContext.RequestServices.GetRequiredService<PageRenderer>().Render<TPage, TModel>(frame, model);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = PageHeaders.ContentType;
        PageHeaders.Set(response, frame.Language, FrameAncestors, CacheControl, IsListed, AsksDesk);
        await response.WriteAsync(html, Encoding.UTF8, httpContext.RequestAborted);
    }
}
