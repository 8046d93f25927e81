using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Advisories;
using HelpDesk.Calendars;
using HelpDesk.Delivery;
using HelpDesk.FollowUps;
using HelpDesk.Time;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Support;

/// <summary>
/// One sandbox desk per fixture, empty before each test: it is Monday, 2 March 2026, 08:00 UTC, and the office is open from nine to five on weekdays.
/// Mail becomes files.
/// </summary>
internal abstract class DeskFixture
{
    protected const string Monday = "2026-03-02T08:00:00Z";
    protected const string Ada = """{ "email": "ada@example.org", "name": "Ada" }""";
    protected const string Answer4H = """{ "first_response": { "target": "PT4H", "hours": "around_the_clock" } }""";

    protected TestDatabase Database { get; private set; } = null!;

    protected TestDesk Desk { get; private set; } = null!;

    protected string Calendar { get; private set; } = "";

    protected string Folder { get; private set; } = "";

    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    protected virtual TimeProvider? Machine => null;

    [OneTimeSetUp]
    public void Start_the_desk()
    {
        Database = TestDatabase.Create();
        Folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        Desk = StartAnother();
    }

    /// <summary>A desk on the same database.</summary>
    protected TestDesk StartAnother(params IEnumerable<(string Key, string Value)> settings) =>
        TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", Folder), .. Settings, .. settings], machine: Machine, database: Database);

    [OneTimeTearDown]
    public void Stop_the_desk()
    {
        Desk.Dispose();
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Whatever a test has the desk write into its log is as the document tells it.</summary>
    [TearDown]
    public async Task Every_event_says_what_the_document_has_of_its_type() => Assert.That(await EventShapes.Faults(Database), Is.Empty);

    [SetUp]
    public async Task Empty_the_desk()
    {
        await Database.ForgetEvents();
        await Database.Execute(
            """
            delete from ticket_links; delete from custom_fields; delete from follow_ups; delete from recoveries; delete from remedies; delete from promises; delete from commitments;
            delete from inbound_mails; delete from messages; delete from deliveries; delete from tickets; delete from customers; delete from organisations; delete from webhook_secrets; delete from agents;
            delete from template_versions; delete from templates; delete from queues; delete from advisories; delete from policy_versions; delete from policies; delete from calendar_versions;
            delete from calendars; delete from long_work; delete from recurring_jobs; delete from import_uploads; delete from webhooks; delete from sandbox_clock;
            delete from performance_progress; delete from performance_marks; delete from performance_facts; delete from performance_days
            """);
        Desk.Services.GetRequiredService<TemplateShelf>().Forget();
        Desk.Services.GetRequiredService<RulesNews>().Note();
        Desk.Services.GetRequiredService<AdvisoryNews>().Note();
        foreach (var mail in Directory.EnumerateFiles(Folder)) File.Delete(mail);
        await Now(Monday);
        Calendar = await MakeCalendar("""{ "mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","17:00"]], "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]] }""");
    }

    protected async Task<string> MakeCalendar(string week) =>
        (string)(await Desk.Admin.Post("/v1/calendars", $$"""{ "name": "Office", "timeZone": "UTC", "week": {{week}} }""").Json(HttpStatusCode.Created))["id"]!;

    /// <param name="terms">JSON.</param>
    /// <param name="more">Further members, e.g. <c>"when": {…}</c>.</param>
    protected async Task<string> Policy(string terms = Answer4H, string more = "") => (string)(await Desk.Admin
        .Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {{terms}}{{Rest(more)}} }""").Json(HttpStatusCode.Created))["id"]!;

    protected Task<JsonNode> Customer(string json) => Desk.Admin.Post("/v1/customers", json).Json(HttpStatusCode.Created);

    protected Task<HttpResponseMessage> PostTicket(string json) => Desk.Admin.Post("/v1/tickets", json);

    /// <summary>A ticket with a body, of Ada's unless <paramref name="requester"/> says otherwise.</summary>
    protected Task<JsonNode> Open(string more = "", string requester = Ada) =>
        PostTicket($$"""{ "subject": "Printer on fire", "body": "It burns.", "requester": {{requester}}{{Rest(more)}} }""").Json(HttpStatusCode.Created);

    protected Task<JsonNode> OpenFor(JsonNode customer) =>
        PostTicket($$"""{ "subject": "Printer on fire", "body": "It burns.", "requesterId": "{{customer["id"]}}" }""").Json(HttpStatusCode.Created);

    private static string Rest(string more) => more.Length == 0 ? "" : ", " + more;

    protected Task<HttpResponseMessage> Get(JsonNode ticket, string part = "", params (string, string)[] headers) =>
        Desk.Admin.Send(HttpMethod.Get, $"/v1/tickets/{ticket["id"]}{part}", headers: headers);

    protected Task<JsonNode> Read(JsonNode ticket, string part = "") => Get(ticket, part).Json();

    protected Task<HttpResponseMessage> Patch(JsonNode ticket, string json, params (string, string)[] headers) =>
        Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", json, "application/merge-patch+json", headers);

    protected Task<HttpResponseMessage> Post(JsonNode ticket, string part, string json) => Desk.Admin.Post($"/v1/tickets/{ticket["id"]}{part}", json);

    /// <summary>A message, with further members.</summary>
    protected Task<HttpResponseMessage> Say(JsonNode ticket, string author, string more = "", string body = "Words.") =>
        Post(ticket, "/messages", $$"""{ "author": "{{author}}", "body": "{{body}}"{{Rest(more)}} }""");

    protected async Task<JsonNode> Said(JsonNode ticket, string author, string more = "", string body = "Words.") =>
        await Say(ticket, author, more, body).Json(HttpStatusCode.Created);

    /// <summary>Jumps: nothing that lies between is played.</summary>
    protected Task<JsonNode> Now(string instant) => Desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", $$"""{ "now": "{{instant}}" }""").Json();

    /// <summary>Plays; answers each thing that happened as "instant what".</summary>
    protected async Task<IReadOnlyList<string>> Advance(string by) =>
        [.. (await Desk.Admin.Post("/v1/sandbox/clock/advance", $$"""{ "by": "{{by}}" }""").Json())["happened"]!.AsArray().Select(item => $"{item!["at"]} {item["what"]}")];

    // One job alone, at the desk's time.
    protected async Task<int> Sweep() => await Desk.Services.GetRequiredService<SweepDue>().RunOnce(await Time(), default);

    protected async Task<int> Recall() => await Desk.Services.GetRequiredService<RecallUnsent>().RunOnce(await Time(), default);

    protected async Task<int> Deliver() => await Desk.Services.GetRequiredService<DeliverDue>().RunOnce(await Time(), default);

    private async Task<Instant> Time() => await Desk.Services.GetRequiredService<DeskClock>().Now(default);

    /// <summary>The ticket's outgoing messages, oldest first, as "kind state".</summary>
    protected async Task<IReadOnlyList<string>> Outgoing(JsonNode ticket) => [.. (await Deliveries(ticket)).Select(item => $"{item["kind"]} {item["state"]}")];

    protected async Task<IReadOnlyList<JsonNode>> Deliveries(JsonNode ticket)
    {
        var order = (await Database.Ask<string[]>("select coalesce(array_agg(id::text order by sequence), '{}') from deliveries"))!.ToList();
        var items = (await Desk.Admin.GetAsync($"/v1/deliveries?ticket={ticket["id"]}&limit=200").Json())["items"]!.AsArray().OfType<JsonNode>();
        return [.. items.OrderBy(item => order.IndexOf((string)item["id"]!))];
    }

    /// <summary>The words of the ticket's last outgoing message.</summary>
    protected async Task<string> LastText(JsonNode ticket) =>
        (string)(await Desk.Admin.GetAsync($"/v1/deliveries/{(await Deliveries(ticket))[^1]["id"]}").Json())["text"]!;

    /// <summary>What has been mailed, in the order it left.</summary>
    protected IReadOnlyList<ParsedMail> Mails() => [.. Directory.EnumerateFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(path => ParsedMail.Of(File.ReadAllText(path)))];

    /// <summary>What the desk told its agents on the ticket.</summary>
    protected async Task<IReadOnlyList<string?>> Notes(JsonNode ticket) =>
        [.. (await Read(ticket, "/messages"))["items"]!.AsArray().Where(item => (string?)item!["visibility"] == "internal" && (string?)item["author"] == "system").Select(item => (string?)item!["body"])];

    /// <summary>Every row of every table as text.</summary>
    protected async Task<string> Dump()
    {
        var tables = (await Database.Ask<string[]>("select array_agg(format('%I', tablename)::text) from pg_tables where schemaname = 'public'"))!;
        var texts = new List<string?>();
        foreach (var table in tables) texts.Add(await Database.Ask<string>($"select string_agg(t::text, E'\\n') from {table} t"));
        return string.Join('\n', texts);
    }
}
