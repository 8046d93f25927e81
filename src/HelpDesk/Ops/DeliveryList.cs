using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>The messages that failed, or were given up, a page at a time.</summary>
internal static class DeliveryList
{
    private const int Rows = 50;

    public static async Task<IResult> Show(string state, HttpContext http, OpsDesk desk, DeliveryQueries deliveries, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        var context = await desk.Of(http, frame, cancel);
        Guid? after = http.Request.Query["after"] is [{ Length: > 0 } cursor] ? Cursor.Read<Guid>(cursor, state) : null;
        var stretch = await deliveries.Read(state == "dead", context.Query, context.Time.Now, Rows, after, cancel);
        var next = stretch.HasMore ? context.Query.Address(frame.Page($"ops/deliveries/{state}"), ("after", Cursor.Write(stretch.Lines[^1].Id, state))) : null;
        return new PageAnswer<DeliveryListPage, DeliveryListView>(frame, new(context, stretch, next));
    }
}

/// <param name="Next">The address of the next page.</param>
public sealed record DeliveryListView(OpsContext Context, DeliveryStretch Stretch, string? Next);
