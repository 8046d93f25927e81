using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

internal static class ShowTicketPage
{
    /// <summary>What a redirect says was just done.</summary>
    public const string Sent = "sent";

    public static async Task<IResult> Handle(string token, HttpContext http, PageDoor door, PageWriter writer, CancellationToken cancel)
    {
        var (visit, status) = await door.Open(token, http, cancel);
        if (visit is null) return PageProblem.Of(PageFrame.Of(http), status, http.TraceIdentifier);
        var frame = PageFrame.Of(http, visit.Reader.Locale);
        if (visit.Matter != visit.Own && !visit.IsGuest) return Elsewhere(frame, visit, http);
        var form = writer.Form(frame, visit) with { WasSent = http.Request.Query.ContainsKey(Sent) };
        return Page(frame, await writer.Write(frame, visit, form, cancel));
    }

    public static PageAnswer<TicketPage, TicketPageModel> Page(PageFrame frame, TicketPageModel model, int status = StatusCodes.Status200OK) => new(frame, model) { Status = status };

    /// <summary>To her other ticket, which goes on in the place of this one.</summary>
    private static IResult Elsewhere(PageFrame frame, Visit visit, HttpContext http) =>
        visit.Matter.PageToken is { } token ? new SeeOther(frame.Page($"t/{token}")) : PageProblem.Of(frame, StatusCodes.Status410Gone, http.TraceIdentifier);
}

/// <summary>303: look there, with a GET.</summary>
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
