using System.Globalization;
using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Web;
using static HelpDesk.Web.QueryValues;

namespace HelpDesk.Events.Feed;

internal static class ReadFeed
{
    private const int DefaultMost = 200;
    private const int HighestMost = 5_000;

    public static QueryFilter Types { get; } = new(
        "types", "Only events of these types, or of these groups of types, such as ticket.* or promise.*. Left out: all.", Example: "promise.*");

    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        new("after", "Where to go on: the next of the page before. Left out: from the first event that there is; now: from now on.", Example: "now", IsList: false),
        Types,
        new("limit", $"How many events at most, 1 to {HighestMost}, {DefaultMost} if left out.", Example: "1000", IsList: false),
    ];

    /// <summary>Read the feed of events</summary>
    /// <remarks>
    /// Every change of the desk, oldest first: keep <c>next</c> with what you made of the page, and pass it as <c>after</c>. Each event comes once, none is skipped,
    /// however many write at once; those of one ticket come in the order in which they happened. Between tickets the order is about that of time: what was
    /// committed late comes late. Events are there from the moment they are committed, and stay. A page may be empty and have more after it, where few events are of
    /// the types asked for. Matters of keys and secrets are in the audit log alone. A key that is held to queues reads the events of tickets that lie in them when it reads.
    /// What each type says in data stands under webhooks in this document.
    /// </remarks>
    public static async Task<IResult> Handle(HttpRequest request, FeedReader reader, Caller caller, CancellationToken cancel)
    {
        var (wish, most) = (Wish(request, caller), Most(request));
        var cursor = request.Query["after"] switch
        {
            not [{ Length: > 0 }] => await reader.Start(cancel),
            ["now"] => await reader.Now(cancel),
            [{ } text] => FeedReader.Parse(text, "after"),
        };
        return new Answer(await reader.Read(cursor, wish, most, cancel));
    }

    public static FeedWish Wish(HttpRequest request, Caller caller) =>
        new(TypeChoice.Names(Texts(request, "types")) ?? throw Refusal.Invalid("types", TypeChoice.Rule), caller.Queues?.ToArray());

    private static int Most(HttpRequest request) =>
        request.Query["limit"] is not [{ Length: > 0 } text] ? DefaultMost
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= HighestMost ? most
        : throw Refusal.Invalid("limit", $"must be a whole number from 1 to {HighestMost}");

    /// <summary>Written as it is read: the data of events is not taken apart on its way.</summary>
    private sealed class Answer(FeedPart part) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var answer = httpContext.Response;
            answer.ContentType = "application/json; charset=utf-8";
            answer.Headers.CacheControl = "no-store";
            await using (var json = new Utf8JsonWriter(answer.BodyWriter, FeedRow.Writing))
            {
                json.WriteStartObject();
                json.WriteStartArray("items");
                foreach (var row in part.Rows)
                {
                    row.Write(json);
                    if (json.BytesPending > 32_768) await json.FlushAsync(httpContext.RequestAborted);
                }

                json.WriteEndArray();
                json.WriteString("next", part.Next.ToString());
                json.WriteBoolean("hasMore", part.HasMore);
                json.WriteEndObject();
            }

            await answer.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }
}
