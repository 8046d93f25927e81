using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Events.Feed;

/// <summary>Reads the feed as a client does.</summary>
internal abstract class FeedFixture : DeskFixture
{
    protected const string InsertEvent =
        """
        insert into events (at, type, ticket_id, actor, data)
        values (now(), 'ticket.updated', $1, 'test', jsonb_build_object('n', $2::bigint))
        """;

    protected Task<JsonNode> Page(string? after, string more = "", HttpClient? client = null) =>
        (client ?? Desk.Admin).GetAsync($"/v1/events?{(after is null ? "" : $"after={after}")}{more}").Json();

    /// <summary>All that there is after a cursor, and the cursor after it.</summary>
    protected async Task<(List<JsonNode> Events, string Next)> ReadOn(string? after, string more = "", HttpClient? client = null)
    {
        var events = new List<JsonNode>();
        while (true)
        {
            var page = await Page(after, more, client);
            events.AddRange(page["items"]!.AsArray().OfType<JsonNode>());
            after = (string)page["next"]!;
            if (!(bool)page["hasMore"]!) return (events, after);
        }
    }

    protected async Task<string> FromNowOn() => (string)(await Page("now"))["next"]!;

    protected static IEnumerable<string> Types(IEnumerable<JsonNode> events) => events.Select(item => (string)item["type"]!);

    protected static async Task Write(NpgsqlConnection connection, long ticket, long number)
    {
        await using var command = new NpgsqlCommand(InsertEvent, connection) { Parameters = { new() { Value = ticket }, new() { Value = number } } };
        await command.ExecuteNonQueryAsync();
    }
}
