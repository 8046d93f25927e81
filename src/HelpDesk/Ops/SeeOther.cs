namespace HelpDesk.Ops;

/// <summary>Go on at another page of these, whatever was sent to this one.</summary>
/// <param name="address">Relative, and made here: nothing of the request decides where it leads.</param>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
