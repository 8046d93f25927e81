using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Browser.Tests.Support;

/// <summary>
/// A desk on a real port with ninety days behind it: promises kept, renewed and broken, and a ticket in each language with all that a ticket's page can show. It is Monday,
/// 16 March 2026, 12:26 in Helsinki.
/// </summary>
internal sealed class Stage : IDisposable
{
    private const string Begin = "2025-12-15";

    private const string Terms =
        """
        { "first_response": { "target": "PT2H", "lead": "PT30M", "renewBy": "PT1H", "byPriority": { "urgent": { "target": "PT30M", "lead": "PT10M", "hours": "around_the_clock" }, "high": { "target": "PT1H", "lead": "PT15M" } } },
          "next_response": { "target": "PT4H" }, "update": { "target": "PT16H" }, "resolution": { "target": "PT24H", "byPriority": { "urgent": { "target": "PT8H" } } } }
        """;

    private readonly TestDatabase database = TestDatabase.Create();
    private readonly string folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
    private readonly Dictionary<string, string> paths = [];

    /// <param name="embedIn">Whose pages may show the small form of the promise page.</param>
    public Stage(string embedIn) => Desk = TestDesk.Start(
        [
            ("Sandbox:Clock", "true"), ("Mail:Folder", folder), ("Desk:Name", "Tea & Co"), ("Desk:PublicUrl", "https://desk.example.org"), ("Desk:TimeZone", "Europe/Helsinki"),
            ("Desk:TicketUrl", "https://agents.example.org/tickets/{id}"), ("Performance:SmallestPublicSample", "3"), ("RateLimits:PublicPerMinute", "0"), ("RateLimits:FailuresPerMinute", "0"),
            ("Pages:EmbedIn", embedIn),
        ],
        database: database, kestrel: true);

    public TestDesk Desk { get; }

    public Uri Address => Desk.Anonymous.BaseAddress!;

    /// <summary>A key of an agent who is a lead.</summary>
    public string LeadKey { get; private set; } = "";

    /// <summary>Of what the stage has prepared, such as "ticket-fi".</summary>
    public string Path(string name) => paths[name];

    public async Task Fill()
    {
        await Now($"{Begin}T06:00:00Z");
        await Rules();
        await Advise();
        await Past();
        await Waiting();
        await Told();
        await Hostile();
        await Gone();
        await Board();
        await Lead();
    }

    /// <summary>A ticket of a test's own; answers the path of its page.</summary>
    public async Task<string> Open(string subject, string locale = "en") =>
        await Page(await Ticket(new() { ["subject"] = subject, ["body"] = "Words.", ["requester"] = new JsonObject { ["email"] = "own@example.org", ["locale"] = locale } }));

    public void Dispose()
    {
        Desk.Dispose();
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Rules()
    {
        var calendar = (string)(await Post("/v1/calendars",
            """
            { "name": "Office", "timeZone": "Europe/Helsinki", "holidays": ["2025-12-24", "2025-12-25", "2025-12-26", "2026-01-01", "2026-01-06"], "exceptions": { "2026-03-19": [["10:00","14:00"]], "2026-03-20": [] },
              "week": { "mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","12:00"],["13:00","17:00"]], "thu": [["09:00","17:00"]], "fri": [["09:00","16:00"]] } }
            """))["id"]!;
        // Those that cover less come first.
        await Post("/v1/policies", $$"""
            { "name": "Chat", "description": "For questions before you buy.", "calendarId": "{{calendar}}", "published": true, "when": { "channel": ["chat"] },
              "terms": { "first_response": { "target": "PT10M", "lead": "PT3M" }, "next_response": { "target": "PT10M", "lead": "PT3M" } } }
            """);
        await Post("/v1/policies", $$"""
            { "name": "Returns", "calendarId": "{{calendar}}", "when": { "queue": ["returns"] }, "terms": { "first_response": { "target": "PT1H", "maxRenewals": 0, "renewBy": "PT3H" } } }
            """);
        foreach (var story in Story.All.Skip(1))
        {
            await Post("/v1/policies", $$"""{ "name": "Orders ({{story.Language}})", "calendarId": "{{calendar}}", "when": { "queue": ["orders"], "locale": ["{{story.Language}}"] }, "remedy": "{{story.Remedy}}", "terms": {{Terms}} }""");
        }

        await Post("/v1/policies", $$"""
            { "name": "Orders and invoices", "description": "For everything you have bought from us, and for what we have sent you a bill for.", "calendarId": "{{calendar}}", "published": true,
              "remedy": "{{Story.All[0].Remedy}}", "terms": {{Terms}} }
            """);
        await Post("/v1/queues", """{ "name": "orders" }""");
        await Post("/v1/queues", """{ "name": "billing" }""");
    }

    /// <summary>Everybody's: it begins on the morning that pages are looked at.</summary>
    private Task<JsonNode> Advise() => Post("/v1/advisories", new JsonObject
    {
        ["texts"] = new JsonObject(Story.All.Select(story => KeyValuePair.Create<string, JsonNode?>(story.Language, new JsonObject { ["title"] = story.NoticeTitle, ["body"] = story.Notice }))),
        ["from"] = "2026-03-16T06:40:00Z",
        ["published"] = true,
    }.ToJsonString());

    /// <summary>A customer who fetches her messages herself: nothing is mailed.</summary>
    private async Task<string> Regular() => (string)(await Post("/v1/customers", """{ "email": "regular@example.org", "preferredChannel": "inbox" }"""))["id"]!;

    /// <summary>Weekdays with three to five tickets; every now and then one of them is answered late.</summary>
    private async Task Past()
    {
        var customer = await Regular();
        var start = NodaTime.Text.LocalDatePattern.Iso.Parse(Begin).Value;
        for (var day = 0; day < 87; day++)
        {
            var date = start.PlusDays(day);
            if (date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) continue;
            var iso = NodaTime.Text.LocalDatePattern.Iso.Format(date);
            await Now($"{iso}T08:00:00Z");
            var opened = await Task.WhenAll(Enumerable.Range(0, 3 + (day % 3)).Select(number => Ticket(Small(number, customer))));
            var late = day % 11 == 4 || day % 23 == 8 ? 1 : 0;
            await Now($"{iso}T08:50:00Z");
            await Task.WhenAll(opened.Skip(late).Select(Solve));
            if (late == 0) continue;
            await Advance(day % 23 == 8 ? "PT6H" : "PT50M");
            await Solve(opened[0]);
        }
    }

    private static JsonObject Small(int number, string customer) => new()
    {
        ["subject"] = "Where is my order?", ["body"] = "It was to come yesterday.", ["queue"] = number % 2 == 0 ? "orders" : "billing",
        ["requesterId"] = customer,
    };

    private Task Solve(JsonNode ticket) => Say(ticket, "agent", "It is on its way.", ("status", "resolved"));

    /// <summary>They stand still until the customer answers.</summary>
    private async Task Waiting()
    {
        await Now("2026-03-12T07:05:00Z");
        foreach (var story in Story.All)
        {
            var ticket = await Ticket(new() { ["subject"] = story.OtherSubject, ["body"] = story.OtherBody, ["requester"] = story.Requester });
            await Say(ticket, "agent", story.Question, ("status", "waiting_on_customer"));
            await Change(ticket, new() { ["reason"] = story.WaitingReason });
            paths[$"ticket-waiting-{story.Language}"] = await Page(ticket);
        }
    }

    /// <summary>A first answer that was renewed twice and came too late, and the conversation since.</summary>
    private async Task Told()
    {
        await Now("2026-03-12T07:30:00Z");
        var tickets = new Dictionary<Story, JsonNode>();
        foreach (var story in Story.All)
        {
            var ticket = await Ticket(new() { ["subject"] = story.Subject, ["body"] = story.Body, ["requester"] = story.Requester, ["queue"] = "orders", ["assignee"] = "Anna Aalto" });
            await Change(ticket, new() { ["reason"] = story.Reason });
            tickets[story] = ticket;
            paths[$"ticket-{story.Language}"] = await Page(ticket);
            paths[$"opt-out-{story.Language}"] = $"{OptOutLinks.Path}/{Desk.Services.GetRequiredService<OptOutLinks>().Token(Guid.Parse((string)ticket["requesterId"]!))}";
        }

        await Advance("PT5H30M");
        foreach (var (story, ticket) in tickets) await Say(ticket, "agent", story.Answer, ("attachments", new JsonArray(await Upload(ticket, story.File))));
        await Advance("PT25M");
        foreach (var (story, ticket) in tickets) await Say(ticket, "customer", story.Thanks);
        await Advance("P1D");
        foreach (var (story, ticket) in tickets) await Say(ticket, "agent", story.News);
        await Now("2026-03-16T08:40:00Z");
        foreach (var (story, ticket) in tickets) await Say(ticket, "customer", story.Further);
    }

    /// <summary>Text that would be markup, runs the other way, or has no place to break.</summary>
    private async Task Hostile()
    {
        var ticket = await Ticket(new()
        {
            ["subject"] = "<script>window.hacked = 1</script> تأخر الطلب " + new string('W', 90),
            ["body"] = "<img src=x onerror=\"window.hacked = 1\">\n\u202eevil\u202c https://example.org/" + new string('a', 300) + "\njavascript:window.hacked=1 متى يصل طلبي رقم 4711؟",
            ["requester"] = new JsonObject { ["email"] = "mallory@example.org", ["name"] = "<b onmouseover=\"window.hacked = 1\">Mallory</b> مرحبا" },
            ["queue"] = "Lieferkettensorgfaltspflichtengesetzbeauftragtenvertretung", ["priority"] = "urgent",
        });
        await Say(ticket, "agent", "</p></main><style>* { display: none }</style>", ("attachments", new JsonArray(await Upload(ticket, "</a><script>window.hacked=1</script>" + new string('x', 120) + ".txt"))));
        await Say(ticket, "customer", new string('ü', 400));
        paths["ticket-hostile"] = await Page(ticket);
    }

    private async Task Gone()
    {
        var ticket = await Ticket(new() { ["subject"] = "Do you gift-wrap?", ["body"] = "Words.", ["requester"] = Story.All[0].Requester });
        paths["gone"] = await Page(ticket);
        Assert.That((await Desk.Admin.DeleteAsync($"/v1/tickets/{ticket["id"]}/page-link")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    /// <summary>When all else is done: nobody is to be called in.</summary>
    private async Task Lead()
    {
        var lead = await Post("/v1/agents", """{ "name": "Venla Virtanen", "email": "venla@desk.example.org", "role": "lead" }""");
        LeadKey = (string)(await Post("/v1/api-keys", $$"""{ "name": "Venla", "agentId": "{{lead["id"]}}", "scopes": ["tickets:read"] }"""))["key"]!;
    }

    /// <summary>What the operators look at: overdue, at risk, due, and mail that nobody took.</summary>
    private async Task Board()
    {
        (string Subject, string Priority, string? Queue, string? Assignee)[] tickets =
        [
            ("Nobody answers the door at the pick-up point", "high", "orders", "Anna Aalto"), ("Reklamaatio: väärä väri", "normal", "orders", null), ("Fatura iki kez kesildi", "urgent", "billing", "Mehmet Yıldız"),
            ("Gift card is not taken at the till", "normal", "billing", null), ("Please change the address of order 20260314-118", "high", "orders", "Anna Aalto"), ("Lasku puuttuu", "low", "billing", null),
            ("Parcel came back to me", "high", "returns", "Mehmet Yıldız"), ("İade param yatmadı", "normal", "returns", null),
        ];
        foreach (var (subject, priority, queue, assignee) in tickets)
        {
            await Ticket(new()
            {
                ["subject"] = subject, ["body"] = "Words.", ["priority"] = priority, ["queue"] = queue, ["assignee"] = assignee,
                ["requester"] = new JsonObject { ["email"] = "board@example.org", ["locale"] = "en" },
            });
        }

        // Two have lapsed, and nobody was there when two others were to be followed up.
        await Advance("PT1H36M");
        await Now("2026-03-16T10:26:00Z");
        await database.Execute(
            """
            update deliveries set state = 'dead', attempts = 5, tries = 7, last_error = '550 5.1.1 <board@example.org>: Recipient address rejected: User unknown in virtual mailbox table', ended_at = '2026-03-16T09:12:00Z', sent_at = null
            where id in (select id from deliveries where recipient = 'board@example.org' order by sequence limit 3)
            """);
        await database.Execute(
            """
            update deliveries set state = 'failed', attempts = 2, tries = 2, last_error = '451 4.7.1 Greylisted, please try again later', ended_at = null, sent_at = null, next_attempt_at = '2026-03-16T10:31:00Z'
            where id in (select id from deliveries where recipient = 'board@example.org' and state <> 'dead' order by sequence limit 2)
            """);
    }

    private Task<JsonNode> Ticket(JsonObject ticket) => Post("/v1/tickets", ticket.ToJsonString());

    private Task<JsonNode> Say(JsonNode ticket, string author, string body, params (string Name, JsonNode Value)[] more)
    {
        var message = new JsonObject { ["author"] = author, ["body"] = body };
        foreach (var (name, value) in more) message[name] = value;
        return Post($"/v1/tickets/{ticket["id"]}/messages", message.ToJsonString());
    }

    private Task<JsonNode> Change(JsonNode ticket, JsonObject to) => Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", to.ToJsonString(), "application/merge-patch+json").Json();

    private async Task<string> Upload(JsonNode ticket, string name)
    {
        using var content = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(new string('x', 48_200)));
        file.Headers.ContentDisposition = new("form-data") { Name = "file", FileName = "file", FileNameStar = name };
        content.Add(file);
        return (string)(await Desk.Admin.PostAsync($"/v1/tickets/{ticket["id"]}/attachments", content).Json(HttpStatusCode.Created))["items"]![0]!["id"]!;
    }

    private async Task<string> Page(JsonNode ticket) => new Uri((string)(await Get($"/v1/tickets/{ticket["id"]}"))["publicUrl"]!).AbsolutePath;

    private Task<JsonNode> Get(string path) => Desk.Admin.GetAsync(path).Json();

    private Task<JsonNode> Post(string path, string json) => Desk.Admin.Post(path, json).Json(HttpStatusCode.Created);

    private Task<JsonNode> Now(string instant) => Desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", $$"""{ "now": "{{instant}}" }""").Json();

    private Task<JsonNode> Advance(string by) => Desk.Admin.Post("/v1/sandbox/clock/advance", $$"""{ "by": "{{by}}" }""").Json();
}
