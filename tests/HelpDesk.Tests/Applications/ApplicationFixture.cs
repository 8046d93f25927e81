using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.LongWork;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Applications;

internal abstract class ApplicationFixture : DeskFixture
{
    protected const string Faster = """{ "terms": { "first_response": { "target": "PT2H" } } }""";
    protected const string Slower = """{ "terms": { "first_response": { "target": "PT8H" } } }""";

    protected Task<JsonNode> Change(string policy, string patch) =>
        Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", patch, "application/merge-patch+json").Json();

    protected Task<JsonNode> DryRun(string policy, string more = "") => Desk.Admin.Post($"/v1/policies/{policy}/application", $$"""{ "dryRun": true{{more}} }""").Json();

    protected async Task<string> Ask(string policy, string of = "policies") =>
        (string)(await Desk.Admin.Post($"/v1/{of}/{policy}/application", """{ "dryRun": false }""").Json(HttpStatusCode.Accepted))["id"]!;

    protected Task<JsonNode> Job(string id) => Desk.Admin.GetAsync($"/v1/jobs/{id}").Json();

    /// <summary>One step of what was asked for.</summary>
    protected static Task<int> Step(TestDesk desk) => desk.Services.GetRequiredService<DoLongWork>().RunOnce(default);

    /// <summary>Asks for it and does it; answers the job.</summary>
    protected async Task<JsonNode> Apply(string policy, string of = "policies")
    {
        var id = await Ask(policy, of);
        while (await Step(Desk) > 0) continue;
        return await Job(id);
    }

    /// <summary>Many tickets, without HTTP.</summary>
    protected async Task<IReadOnlyList<long>> OpenMany(int count)
    {
        var (open, now) = (Desk.Services.GetRequiredService<OpenTicket>(), await Desk.Services.GetRequiredService<DeskClock>().Now(default));
        var ids = new List<long>();
        for (var number = 0; number < count; number++)
        {
            var request = new OpenTicketRequest("s", "b", new RequesterDefinition($"c{number}@example.org"));
            ids.Add((await open.Open(request, null, now, "test", null, default)).Ticket.Id);
        }

        return ids;
    }

    /// <summary>How often each ticket went over to a version, and how many letters about new dates it was sent, as "times letters".</summary>
    protected async Task<IReadOnlyList<string>> Treated() => (await Database.Ask<string[]>(
        """
        select array_agg(distinct (select count(*) from events e where e.ticket_id = t.id and e.type = 'policy.applied') || ' ' || (select count(*) from deliveries d where d.ticket_id = t.id and d.kind = 'promise'))
        from tickets t
        """))!;
}
