using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Events.Feed;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Events.Feed;

/// <summary>The feed as a stream, heard as a client hears it.</summary>
internal sealed class FeedStreamTests : FeedFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task What_happens_is_heard()
    {
        using var listener = await Listener.To(Desk.Admin, "");
        var ticket = await Open();
        var heard = await listener.Until("ticket.created");
        Assert.That((long)heard.Data["ticketId"]!, Is.EqualTo((long)ticket["id"]!));
        Assert.That((string?)heard.Data["type"], Is.EqualTo("ticket.created"));
    }

    [Test]
    public async Task Whoever_comes_back_hears_what_was_missed_and_nothing_twice()
    {
        string last;
        using (var listener = await Listener.To(Desk.Admin, "?types=ticket.created"))
        {
            await Open();
            last = (await listener.Next()).Id;
        }

        var missed = new[] { (long)(await Open())["id"]!, (long)(await Open())["id"]! };
        using var again = await Listener.To(Desk.Admin, "?types=ticket.created", ("Last-Event-ID", last));
        var heard = new List<long> { (long)(await again.Next()).Data["ticketId"]!, (long)(await again.Next()).Data["ticketId"]! };
        var next = (long)(await Open())["id"]!;
        heard.Add((long)(await again.Next()).Data["ticketId"]!);
        Assert.That(heard, Is.EqualTo([.. missed, next]));
    }

    [Test]
    public async Task An_id_of_the_stream_is_a_cursor_of_the_feed_and_the_other_way_round()
    {
        using var listener = await Listener.To(Desk.Admin, $"?types=ticket.created&after={await FromNowOn()}");
        await Open();
        var id = (await listener.Next()).Id;
        var second = await Open();
        var rest = (await ReadOn(id, "&types=ticket.created")).Events;
        Assert.That(rest.Select(item => (long)item["ticketId"]!), Is.EqualTo(new[] { (long)second["id"]! }));
    }

    [Test]
    public async Task On_another_server_it_goes_on_where_it_was()
    {
        using var other = StartAnother();
        string last;
        using (var listener = await Listener.To(Desk.Admin, "?types=ticket.created"))
        {
            await Open();
            last = (await listener.Next()).Id;
        }

        var missed = await Open();
        using var there = await Listener.To(other.Admin, "?types=ticket.created", ("Last-Event-ID", last));
        Assert.That((long)(await there.Next()).Data["ticketId"]!, Is.EqualTo((long)missed["id"]!));
        var heard = await Open();
        Assert.That((long)(await there.Next()).Data["ticketId"]!, Is.EqualTo((long)heard["id"]!));
    }

    [Test]
    public async Task Five_hundred_listen_without_a_connection_to_the_database_each()
    {
        var listeners = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Listener.To(Desk.Admin, "?types=ticket.created")));
        var threads = ThreadPool.ThreadCount;
        var connections = await Database.Ask<long>("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'helpdesk'");
        var ticket = await Open();
        var heard = await Task.WhenAll(listeners.Select(listener => listener.Next()));
        Assert.That(heard.Select(item => (long)item.Data["ticketId"]!), Is.All.EqualTo((long)ticket["id"]!));
        Assert.That((connections, threads), Is.LessThanOrEqualTo((32L, 250)));
        foreach (var listener in listeners) listener.Dispose();
        var tail = Desk.Services.GetRequiredService<FeedTail>();
        while (tail.Listeners > 0) await Task.Yield();
    }

    [Test]
    public async Task Who_reads_slowly_misses_nothing_and_holds_up_nobody()
    {
        const int Many = 12_000;
        using var slow = await Listener.To(Desk.Admin, "?types=ticket.updated");
        using var quick = await Listener.To(Desk.Admin, "?types=ticket.updated");
        await Database.Execute($"insert into events (at, type, ticket_id, actor, data) select now(), 'ticket.updated', 1, 'test', jsonb_build_object('n', n) from generate_series(1, {Many}) n");
        foreach (var listener in new[] { quick, slow })
        {
            for (var number = 1; number <= Many; number++) Assert.That((int)(await listener.Next()).Data["data"]!["n"]!, Is.EqualTo(number));
        }
    }

    [Test]
    public async Task A_key_held_to_queues_hears_of_their_tickets_alone()
    {
        var key = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["events:read"], "queues": ["sales"] }""").Json(HttpStatusCode.Created))["key"]!;
        using var held = Desk.With(key);
        using var listener = await Listener.To(held, "?types=ticket.created");
        await Open("\"queue\": \"billing\"");
        var ours = await Open("\"queue\": \"sales\"");
        Assert.That((long)(await listener.Next()).Data["ticketId"]!, Is.EqualTo((long)ours["id"]!));
    }

    [Test]
    public async Task A_key_that_is_revoked_hears_nothing_more_however_much_happens()
    {
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["events:read"] }""").Json(HttpStatusCode.Created);
        using var revoked = Desk.With((string)made["key"]!);
        using var listener = await Listener.To(revoked, "?types=ticket.created");
        await Open();
        await listener.Next();
        (await Desk.Admin.DeleteAsync($"/v1/api-keys/{made["id"]}")).EnsureSuccessStatusCode();
        var ended = listener.End();
        var opened = 0;
        for (; !ended.IsCompleted && opened < 5_000; opened++) await Open();
        Assert.That(await ended, Is.LessThan(opened), "it ends while tickets are opened, and not when they are not");
    }

    [Test]
    public async Task More_than_may_listen_are_told_so()
    {
        using var narrow = StartAnother(("Events:MostListeners", "1"));
        using var first = await Listener.To(narrow.Admin, "");
        await narrow.Admin.GetAsync("/v1/events/stream", HttpCompletionOption.ResponseHeadersRead).Problem(HttpStatusCode.ServiceUnavailable, "too-many-listeners");
    }

    [Test]
    public async Task Rubbish_is_refused_by_name()
    {
        await Desk.Admin.GetAsync("/v1/events/stream?types=nothing").Refuses("types");
        await Desk.Admin.GetAsync("/v1/events/stream?after=yesterday").Refuses("after");
        await Desk.Admin.Send(HttpMethod.Get, "/v1/events/stream", headers: ("Last-Event-ID", "42")).Refuses("Last-Event-ID");
    }

    /// <summary>Reads Server-Sent Events as the specification has them read.</summary>
    private sealed class Listener(HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        public static async Task<Listener> To(HttpClient client, string query, params (string, string)[] headers)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events/stream{query}");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "text/event-stream")));
            var listener = new Listener(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
            // The first lines come when the server knows where to begin.
            Assert.That(await listener.Line(), Is.EqualTo("retry: 2000"));
            return listener;
        }

        public async Task<(string Id, JsonNode Data)> Next()
        {
            var (id, data) = ("", "");
            while (true)
            {
                var line = await Line();
                if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                else if (line.Length == 0 && data.Length > 0) return (id, JsonNode.Parse(data)!);
            }
        }

        public async Task<(string Id, JsonNode Data)> Until(string type)
        {
            while (true)
            {
                var next = await Next();
                if ((string?)next.Data["type"] == type) return next;
            }
        }

        /// <returns>How many events were heard until it ended.</returns>
        public async Task<int> End()
        {
            var heard = 0;
            while (await lines.ReadLineAsync().WaitAsync(Patience) is { } line) heard += line.StartsWith("data: ", StringComparison.Ordinal) ? 1 : 0;
            return heard;
        }

        private async Task<string> Line() => await lines.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The stream has ended.");

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
        }
    }
}
