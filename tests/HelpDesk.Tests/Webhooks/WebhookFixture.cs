using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Webhooks;

/// <summary>A desk that posts its events to a server on loopback.</summary>
internal abstract class WebhookFixture : DeskFixture
{
    protected const string Hooks = "/v1/webhooks";

    protected static readonly Instant Start = Instant.FromUtc(2026, 11, 22, 9, 0);

    private protected readonly TestMachine machine = new(Start);
    private protected HttpSink sink = null!;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:AllowedNetworks", "127.0.0.0/8")];

    protected override TimeProvider Machine => machine;

    [SetUp]
    public void Open_the_sink()
    {
        machine.Now = Start;
        sink = new();
    }

    /// <summary>And nothing is under way any more that would be written down while the next test empties the tables.</summary>
    [TearDown]
    public async Task Close_the_sink()
    {
        sink.Dispose();
        await Desk.Services.GetRequiredService<SendEvents>().Finish();
    }

    /// <summary>A webhook for written events alone, unless <paramref name="more"/> says otherwise; its address.</summary>
    protected async Task<string> Hook(string? url = null, string more = """ "types": ["ticket.updated"] """) =>
        $"{Hooks}/{(await Desk.Admin.Post(Hooks, $$"""{ "url": "{{url ?? sink.Url}}"{{(more.Length == 0 ? "" : ", " + more)}} }""").Json(HttpStatusCode.Created))["id"]}";

    /// <summary>Events of tickets, numbered from 1 each.</summary>
    protected Task Write(int tickets, int each) => Database.Execute(
        """
        insert into events (at, type, ticket_id, actor, data)
        select '2026-03-02T08:00:00Z', 'ticket.updated', ticket, 'test', jsonb_build_object('n', n) from generate_series(1, $2) n, generate_series(1, $1) ticket order by n, ticket
        """,
        tickets, each);

    protected async Task Queue(TestDesk? desk = null)
    {
        while (await (desk ?? Desk).Services.GetRequiredService<EnqueueEvents>().RunOnce(default) > 0)
        {
        }
    }

    /// <summary>Everything that is due now.</summary>
    protected async Task Send(TestDesk? desk = null)
    {
        await Queue(desk);
        while (await (desk ?? Desk).Services.GetRequiredService<SendEvents>().RunOnce(default) > 0)
        {
        }
    }

    protected async Task After(Duration time, TestDesk? desk = null)
    {
        machine.Now += time;
        await Send(desk);
    }

    private protected static (long Ticket, int N) Told(HttpSink.Posted post)
    {
        var said = JsonNode.Parse(post.Text)!;
        return ((long)said["ticketId"]!, (int)said["data"]!["n"]!);
    }

    private protected IReadOnlyList<string> Posted => [.. sink.Posts.Select(post => Told(post)).Select(told => $"{told.Ticket}.{told.N}")];

    protected async Task<IReadOnlyList<JsonNode>> Deliveries(string hook, string query = "") =>
        [.. (await Desk.Admin.GetAsync($"{hook}/deliveries?limit=200{query}").Json())["items"]!.AsArray().OfType<JsonNode>()];

    protected async Task<string> State(string hook) =>
        string.Join(' ', (await Deliveries(hook)).Select(item => (string)item["state"]!).GroupBy(state => state).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
}
