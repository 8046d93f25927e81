using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Diagnostics;

namespace HelpDesk.Web.Pages;

/// <summary>Marks an endpoint that people open in a browser.</summary>
internal sealed record PageEndpoint;

/// <summary>A problem as a page, for people: of an endpoint that serves pages, or of an address that leads nowhere and was asked for by a browser.</summary>
internal sealed class PageProblem : IProblemDetailsWriter
{
    private static readonly PathString[] ForPrograms = ["/v1", "/openapi", "/health", "/metrics", SwaggerPage.Address];

    public bool CanWrite(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        // Once something was thrown, only the error remembers which endpoint it was.
        var endpoint = http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (endpoint?.Metadata.GetMetadata<PageEndpoint>() is not null) return true;
        return endpoint is null && !ForPrograms.Any(path => http.Request.Path.StartsWithSegments(path))
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "5";
        return new(Of(PageFrame.Of(http), status, http.TraceIdentifier).ExecuteAsync(http));
    }

    /// <param name="request">The request's id, shown where the desk is at fault.</param>
    public static PageAnswer<PageProblemView, PageProblemModel> Of(PageFrame frame, int status, string request)
    {
        var (title, text) = frame.Words.Problem(status);
        return new(frame, new(title, text, status == StatusCodes.Status500InternalServerError ? request : null)) { Status = status };
    }
}

/// <param name="Request">The request's id, where it helps to find what went wrong.</param>
public sealed record PageProblemModel(string Title, string Text, string? Request = null);
