using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Escalation;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Escalation;

/// <summary>A desk with people: Anna and Veli answer in billing, which Lea leads; Otto runs the desk.</summary>
internal abstract class EscalationFixture : DeskFixture
{
    protected string Anna { get; private set; } = "";

    protected string Veli { get; private set; } = "";

    protected string Lea { get; private set; } = "";

    [SetUp]
    public async Task People()
    {
        Anna = await Agent("Anna", "\"queues\": [\"billing\"]");
        Veli = await Agent("Veli", "\"queues\": [\"billing\"], \"locale\": \"fi\", \"timeZone\": \"Europe/Helsinki\"");
        Lea = await Agent("Lea", "\"role\": \"lead\"");
        await Agent("Otto", "\"role\": \"admin\"");
        await Desk.Admin.Post("/v1/queues", $$"""{ "name": "billing", "leadIds": ["{{Lea}}"] }""").Json(HttpStatusCode.Created);
    }

    protected async Task<string> Agent(string name, string more) => (string)(await Desk.Admin
        .Post("/v1/agents", $$"""{ "name": "{{name}}", "email": "{{name.ToLowerInvariant()}}@desk.example", {{more}} }""").Json(HttpStatusCode.Created))["id"]!;

    protected Task<JsonNode> Deactivate(string agent) =>
        Desk.Admin.Send(HttpMethod.Patch, $"/v1/agents/{agent}", """{ "active": false }""", "application/merge-patch+json").Json();

    /// <summary>A first response of four hours around the clock, never followed up, with this ladder.</summary>
    protected Task<string> Ladder(string steps, string more = "\"maxRenewals\": 0", string hours = "around_the_clock") =>
        Policy($$"""{ "first_response": { "target": "PT4H", "hours": "{{hours}}", {{more}}, "ladder": [{{steps}}] } }""");

    protected static string Notify(string at, string to, string from = "promise") => at.EndsWith('%')
        ? $$"""{ "at": "{{at}}", "do": "notify", "to": "{{to}}" }"""
        : $$"""{ "at": "{{at}}", "from": "{{from}}", "do": "notify", "to": "{{to}}" }""";

    /// <summary>A ticket in billing, assigned to Anna unless told otherwise.</summary>
    protected Task<JsonNode> OpenAssigned(string? assignee = null) => Open($"\"queue\": \"billing\", \"assignee\": \"{assignee ?? Anna}\"");

    /// <summary>Notices that are waiting, were sent or dropped, as "name why".</summary>
    protected async Task<IReadOnlyList<string>> Notices() => (await Database.Ask<string[]>(
        "select coalesce(array_agg(coalesce(a.name, n.person) || ' ' || n.why order by n.created_at, coalesce(a.name, n.person), n.why), '{}') from notices n left join agents a on a.id = n.agent_id"))!;

    /// <summary>Mail to people of the desk, in the order it left.</summary>
    protected IReadOnlyList<ParsedMail> NoticeMails() => [.. Mails().Where(mail => mail["X-HelpDesk-Kind"] == "notice")];

    protected IReadOnlyList<string> Told() => [.. NoticeMails().Select(mail => mail["To"])];

    protected async Task<IReadOnlyList<JsonNode>> Timeline(JsonNode ticket, string type) =>
        [.. (await Read(ticket, "/timeline?limit=200"))["items"]!.AsArray().OfType<JsonNode>().Where(item => (string?)item["type"] == type)];

    protected async Task<int> SendOut(TestDesk? desk = null) =>
        await (desk ?? Desk).Services.GetRequiredService<SendNotices>().RunOnce(await (desk ?? Desk).Services.GetRequiredService<HelpDesk.Time.DeskClock>().Now(default), default);
}
