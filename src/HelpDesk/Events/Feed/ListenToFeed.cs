using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Events.Feed;

internal static class ListenToFeed
{
    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        new("after", "Where to go on: a cursor of the feed or an id of this stream. Left out: from now on. Last-Event-ID goes before it.", IsList: false),
        ReadFeed.Types,
    ];

    /// <summary>Listen to the feed of events</summary>
    /// <remarks>
    /// The same events as they are committed, within a quarter of a second, as Server-Sent Events: <c>id</c> is a cursor of the feed, <c>event</c> the type, <c>data</c> the event. Connect
    /// again with the <c>Last-Event-ID</c> that came last, to whichever server, and nothing is missed or told twice. About every 15 seconds comes a comment, with an id where that has moved
    /// on. Who reads slowly is waited for; nobody else is. The stream ends when the key is no longer good, and when the server stops. 503 where too many listen already.
    /// </remarks>
    public static async Task<IResult> Handle(
        HttpRequest request, FeedReader reader, FeedTail tail, FeedOptions options, Doorkeeper door, TimeProvider machine, IHostApplicationLifetime life, Caller caller,
        CancellationToken cancel)
    {
        var wish = ReadFeed.Wish(request, caller);
        var text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : request.Query["after"] is [{ Length: > 0 } asked] ? asked : null;
        if (tail.Listeners >= options.MostListeners) throw TooMany(options);
        if (text is null or "now") return new FeedStream(await reader.Now(cancel), wish, reader, tail, Good, machine, life);
        var cursor = FeedReader.Parse(text, request.Headers.ContainsKey("Last-Event-ID") ? "Last-Event-ID" : "after");
        // Read before the answer begins: a cursor that leads nowhere is refused.
        var part = await reader.Read(cursor, wish, FeedStream.AtOnce, cancel);
        return new FeedStream(cursor, wish, reader, tail, Good, machine, life, part);

        // A key that is revoked, or sees other tickets by now, is heard no longer.
        async Task<bool> Good(CancellationToken until) =>
            request.Headers.Authorization.ToString() is { Length: > 7 } header && (await door.Recognise(header["Bearer ".Length..].Trim(), until)).Caller is { } now
            && now.May(Scopes.EventsRead) && (now.Queues ?? []).SequenceEqual(caller.Queues ?? []) && now.Queues is null == caller.Queues is null;
    }

    private static Refusal TooMany(FeedOptions options) => new(
        StatusCodes.Status503ServiceUnavailable, "too-many-listeners", "Too many listen already",
        $"This server has {options.MostListeners} listeners (Events:MostListeners). Read /v1/events in the meantime, or try again in a minute.");
}
