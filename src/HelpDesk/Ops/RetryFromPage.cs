using System.Globalization;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Messages are tried again by the use cases that the API has for it, for who is signed in.</summary>
internal static class RetryFromPage
{
    /// <summary>As many as one call puts back.</summary>
    private const int MostFiltered = 10_000;

    public static async Task<IResult> One(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, MailBell bell, CancellationToken cancel)
    {
        try
        {
            await RetryDelivery.Handle(id, http, db, clock, bell, Caller.Of(http.User)!, cancel);
            return Back(http, new(1, 0, 0));
        }
        catch (Refusal refusal) when (refusal.Status is StatusCodes.Status409Conflict or StatusCodes.Status404NotFound)
        {
            return Back(http, new(0, 0, 1));
        }
    }

    /// <summary>All that the list shows, or would on its further pages.</summary>
    public static async Task<IResult> All(HttpContext http, HelpDeskDb db, DeliveryQueries deliveries, DeskClock clock, MailBell bell, CancellationToken cancel)
    {
        var query = BoardQuery.Of(http.Request);
        if (!query.HasFilter) return await Retry(new(Filter: new(DeliveryState.Dead)), 0);
        var ids = await deliveries.Dead(query, await clock.Now(cancel), MostFiltered + 1, cancel);
        return ids.Count == 0 ? Back(http, new(0, 0, 0)) : await Retry(new(Ids: [.. ids.Take(MostFiltered)]), Math.Max(0, ids.Count - MostFiltered));

        async Task<IResult> Retry(RetryDeliveriesRequest request, int left)
        {
            var answer = (await RetryDeliveries.Handle(request, http, db, clock, bell, Caller.Of(http.User)!, cancel)).Value!;
            return Back(http, new(answer.Retried, answer.Remaining + left, answer.Refused.Count));
        }
    }

    private static SeeOther Back(HttpContext http, Retried retried) => new(BoardQuery.Of(http.Request).Address(PageFrame.Of(http).Page("ops"), (Retried.Name, retried.ToText())));
}

/// <summary>What became of a button that tries messages again, told on the page that follows.</summary>
/// <param name="Count">How many are due now.</param>
/// <param name="Left">How many more there are.</param>
/// <param name="Refused">How many cannot be tried again.</param>
public sealed record Retried(int Count, int Left, int Refused)
{
    internal const string Name = "retried";

    internal string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Count}.{Left}.{Refused}");

    internal static Retried? Of(HttpRequest request) =>
        request.Query[Name].ToString().Split('.') is [var count, var left, var refused] && Number(count) is { } a && Number(left) is { } b && Number(refused) is { } c
            ? new(a, b, c)
            : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
