using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Guide;

/// <summary>One sandbox with promises for all tests, and for each a folder for an example to work in.</summary>
internal abstract class GuideFixture
{
    private protected const string Ticket = """{ "subject": "The invoice is wrong", "body": "It has last year's address.", "requester": { "email": "ayla@example.org" } }""";

    private protected TestDatabase database = null!;
    private protected TestDesk desk = null!;
    private protected string folder = "";
    private string mail = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create();
        mail = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        desk = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", mail)], database: database);
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
        var calendar = await desk.Admin.Post("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["00:00", "24:00"]] } }""").Json(HttpStatusCode.Created);
        const string Terms = """{ "first_response": { "target": "PT2H" }, "resolution": { "target": "PT8H" } }""";
        await desk.Admin.Post("/v1/policies", $$"""{ "name": "Everyone", "calendarId": "{{calendar["id"]}}", "terms": {{Terms}} }""").Json(HttpStatusCode.Created);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
        Directory.Delete(mail, recursive: true);
    }

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("helpdesk-example-").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(folder, recursive: true);

    /// <summary>A key with these scopes and no others, as the guide has it.</summary>
    private protected async Task<string> Key(params string[] scopes) =>
        (string)(await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "CRM", "scopes": ["{{string.Join("\", \"", scopes)}}"] }""").Json(HttpStatusCode.Created))["key"]!;
}
