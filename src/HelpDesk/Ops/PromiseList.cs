using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>One list of promises whole, a page at a time.</summary>
internal static class PromiseList
{
    private const int Rows = 50;

    private sealed record Last(Instant At, Guid Id);

    public static async Task<IResult> Show(string list, HttpContext http, OpsDesk desk, PromiseQueries promises, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        var context = await desk.Of(http, frame, cancel);
        var shelf = Enum.GetValues<PromiseShelf>().Single(each => each.Address() == list);
        var after = http.Request.Query["after"] is [{ Length: > 0 } cursor] ? Cursor.Read<Last>(cursor, list) : null;
        var stretch = await promises.Read(shelf, context.Query, context.Time.Now, Rows, after is null ? null : (after.At, after.Id), cancel);
        var next = stretch.HasMore && stretch.Lines[^1] is var last ? context.Query.Address(frame.Page($"ops/{list}"), ("after", Cursor.Write(new Last(last.At, last.Id), list))) : null;
        return new PageAnswer<PromiseListPage, PromiseListView>(frame, new(context, stretch, next));
    }

    /// <summary>The last part of its address.</summary>
    public static string Address(this PromiseShelf shelf) => shelf switch { PromiseShelf.Due => "due", PromiseShelf.Overdue => "overdue", _ => "at-risk" };
}

/// <param name="Next">The address of the next page.</param>
public sealed record PromiseListView(OpsContext Context, PromiseStretch Stretch, string? Next);
