using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.LongWork;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Long work is stopped by the use case that the API has for it, for who is signed in.</summary>
internal static class CancelWork
{
    public static async Task<IResult> Handle(Guid id, HttpContext http, HelpDeskDb db, IEnumerable<LongWorkKind> kinds, DeskClock clock, CancellationToken cancel)
    {
        try
        {
            await CancelJob.Handle(id, http, db, kinds, clock, Caller.Of(http.User)!, cancel);
            return Back(http, new(true));
        }
        catch (Refusal refusal) when (refusal.Status is StatusCodes.Status409Conflict or StatusCodes.Status404NotFound)
        {
            return Back(http, new(false));
        }
    }

    private static SeeOther Back(HttpContext http, WorkCancelled cancelled) => new(BoardQuery.Of(http.Request).Address(PageFrame.Of(http).Page("ops"), (WorkCancelled.Name, cancelled.ToText())));
}

/// <summary>What became of a button that stops work, told on the page that follows.</summary>
/// <param name="WasDone">It is stopped; else it had ended before.</param>
public sealed record WorkCancelled(bool WasDone)
{
    internal const string Name = "stopped";

    internal string ToText() => WasDone ? "1" : "0";

    internal static WorkCancelled? Of(HttpRequest request) => request.Query[Name].ToString() switch { "1" => new(true), "0" => new(false), _ => null };
}
