using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Templates;

/// <summary>Stored templates over HTTP: kept in versions, and used for what is written from then on.</summary>
internal sealed class TemplateTests : DeskFixture
{
    private const string Templates = "/v1/templates";
    private const string Text = "Hej{{#if customerName}} {{customerName}}{{/if}},\\n\\n{{#each items}}\\n- {{what}}: {{newDate}}\\n{{/each}}\\n\\nsv";

    private readonly ManualClock machine = new();

    protected override TimeProvider Machine => machine;

    [Test]
    public async Task A_template_is_stored_read_changed_and_deleted_and_its_versions_stay()
    {
        var made = await Store();
        Assert.That(((int)made["version"]!, (string)made["locale"]!, (string?)made["channel"], (string?)made["html"]), Is.EqualTo((1, "sv", (string?)null, (string?)null)));
        var address = $"{Templates}/{made["id"]}";
        var changed = await Desk.Admin.Send(HttpMethod.Patch, address, """{ "subject": "Ny: {{subject}}" }""", "application/merge-patch+json").Json();
        Assert.That(((int)changed["version"]!, (string)changed["subject"]!, (string)changed["text"]!), Is.EqualTo((2, "Ny: {{subject}}", (string)made["text"]!)));
        Assert.That(JsonNode.DeepEquals(await Desk.Admin.GetAsync(address).Json(), changed));
        var versions = (await Desk.Admin.GetAsync($"{address}/versions").Json())["items"]!.AsArray();
        Assert.That(versions.Select(item => (int)item!["version"]!), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(JsonNode.DeepEquals(versions[1], made));
        Assert.That((await Desk.Admin.DeleteAsync(address)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Desk.Admin.GetAsync(address).Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That((await Desk.Admin.GetAsync($"{address}/versions").Json())["items"]!.AsArray(), Has.Count.EqualTo(2));
        await Store();
    }

    [Test]
    public async Task A_place_is_taken_once()
    {
        var made = await Store();
        var problem = await Post("SV").Problem(HttpStatusCode.Conflict, "template-exists");
        Assert.That((string?)problem["templateId"], Is.EqualTo((string?)made["id"]));
        await Store(channel: "inbox");
        await Post("sv", channel: "inbox").Problem(HttpStatusCode.Conflict, "template-exists");
        await Store(kind: "resumed");
        await Store(locale: "sv-FI");
    }

    [TestCase("""{ "kind": "resumed" }""")]
    [TestCase("""{ "locale": "da" }""")]
    [TestCase("""{ "channel": "inbox" }""")]
    public async Task A_template_stays_in_its_place(string patch)
    {
        var made = await Store();
        await Desk.Admin.Send(HttpMethod.Patch, $"{Templates}/{made["id"]}", patch, "application/merge-patch+json").Problem(HttpStatusCode.Conflict, "template-fixed");
    }

    [TestCase("""{ "subject": null }""", "subject")]
    [TestCase("""{ "subject": "" }""", "subject")]
    [TestCase("""{ "text": "{{nobody}}" }""", "text")]
    [TestCase("""{ "html": "<script>" }""", "html")]
    public async Task A_change_is_checked_like_a_new_one(string patch, string member)
    {
        var made = await Store();
        await Desk.Admin.Send(HttpMethod.Patch, $"{Templates}/{made["id"]}", patch, "application/merge-patch+json").Refuses(member);
    }

    [TestCase("", 4)]
    [TestCase("?kind=resumed", 1)]
    [TestCase("?kind=resumed,acknowledgement&locale=SV", 3)]
    [TestCase("?locale=sv-fi,da", 1)]
    [TestCase("?channel=inbox", 1)]
    [TestCase("?channel=email", 0)]
    [TestCase("?limit=2", 2)]
    public async Task They_are_listed_by_kind_locale_and_channel(string query, int count)
    {
        await Store();
        await Store(kind: "resumed");
        await Store(channel: "inbox");
        await Store(locale: "sv-FI");
        Assert.That((await Desk.Admin.GetAsync(Templates + query).Json())["items"]!.AsArray(), Has.Count.EqualTo(count));
    }

    [Test]
    public async Task A_language_that_does_not_come_with_the_desk_is_written_from_the_next_message_on()
    {
        await Policy();
        Assert.That(await Subject("sv-FI"), Does.StartWith("We have your message"));
        var made = await Store();
        var ticket = await OpenIn("sv-FI");
        var delivery = (await Deliveries(ticket))[^1];
        Assert.That(((string?)delivery["subject"], (string?)delivery["locale"]), Is.EqualTo(("Mottaget: Printer on fire", "sv")));
        // Dates are in the language that the desk knows instead.
        Assert.That(await LastText(ticket), Is.EqualTo("Hej Ada,\n\n- First answer: Monday, 2 March 2026 at 12:00 (UTC)\n\nsv\n"));
        await Desk.Admin.Send(HttpMethod.Patch, $"{Templates}/{made["id"]}", """{ "subject": "Ny" }""", "application/merge-patch+json").Json();
        Assert.That(await Subject("sv"), Is.EqualTo("Ny"));
        await Desk.Admin.DeleteAsync($"{Templates}/{made["id"]}");
        Assert.That(await Subject("sv"), Does.StartWith("We have your message"));
        Assert.That((string?)(await Deliveries(ticket))[^1]["subject"], Is.EqualTo("Mottaget: Printer on fire"), "what is queued stays");
    }

    [TestCase("fi-FI", "fi")]
    [TestCase("fi", "fi")]
    [TestCase("tr", "shipped")]
    [TestCase("de-AT", "de-AT")]
    [TestCase("de-CH", "de")]
    [TestCase("da", "en")]
    [TestCase(null, "en")]
    public async Task The_nearest_language_that_has_one_is_taken_stored_before_shipped(string? locale, string written)
    {
        foreach (var each in new[] { "fi", "de", "de-AT", "en" }) await Store(locale: each, subject: each);
        var subject = await Subject(locale);
        Assert.That(subject, written == "shipped" ? Does.StartWith("Mesajınızı aldık") : Is.EqualTo(written));
    }

    [Test]
    public async Task A_template_of_the_channel_goes_before_that_of_all()
    {
        await Store(subject: "all");
        await Store(subject: "short", channel: "inbox");
        var reader = await Customer("""{ "name": "Ada", "locale": "sv", "preferredChannel": "inbox" }""");
        Assert.That((string?)(await Deliveries(await OpenFor(reader)))[0]["subject"], Is.EqualTo("short"));
        Assert.That(await Subject("sv"), Is.EqualTo("all"));
    }

    [Test]
    public async Task Follow_ups_and_recoveries_and_copies_are_written_with_them_too()
    {
        await Policy();
        foreach (var kind in new[] { "follow_up", "recovery" }) await Store(kind, "en", kind + ": {{subject}}");
        await Desk.Admin.Post(Templates, """{ "kind": "reply", "locale": "en", "subject": "Word: {{subject}}", "text": "{{body}}\n{{#each items}}{{what}} {{newDate}}{{/each}}" }""").Json(HttpStatusCode.Created);
        var ticket = await Open(""" "watchers": ["bob@example.org"] """);
        await Advance("PT4H1M");
        await Now("2026-03-03T08:00:00Z");
        await Advance("PT1M");
        await Said(ticket, "agent");
        Assert.That((await Deliveries(ticket)).Select(item => (string?)item["subject"]).Skip(1).Distinct(), Is.EqualTo(new[] { "follow_up: Printer on fire", "recovery: Printer on fire", "Word: Printer on fire" }));
    }

    [Test]
    public async Task Another_server_sees_a_change_within_a_second()
    {
        using var other = StartAnother();
        Assert.That(await Subject("sv", other.Admin), Does.StartWith("We have your message"));
        var made = await Store();
        Assert.That(await Subject("sv"), Is.EqualTo("Mottaget: Printer on fire"), "at once where it was stored");
        machine.Advance(Duration.FromMilliseconds(999));
        Assert.That(await Subject("sv", other.Admin), Does.StartWith("We have your message"), "not asked for every message");
        machine.Advance(Duration.FromMilliseconds(1));
        Assert.That(await Subject("sv", other.Admin), Is.EqualTo("Mottaget: Printer on fire"));
        await Desk.Admin.DeleteAsync($"{Templates}/{made["id"]}");
        machine.Advance(Duration.FromSeconds(1));
        Assert.That(await Subject("sv", other.Admin), Does.StartWith("We have your message"));
    }

    [TestCase("{{#if")]
    [TestCase("{{nobody}}")]
    [TestCase("{{#each items}}{{nobody}}{{/each}}{{nobody}}")]
    public async Task A_message_is_never_lost_for_a_template_that_cannot_be_filled_in(string text)
    {
        await Policy();
        await Store(locale: "en");
        await Database.Execute("update template_versions set text = $1", text);
        machine.Advance(Duration.FromSeconds(1));
        Assert.That(await Subject("en"), Does.StartWith("We have your message"));
    }

    [Test]
    public async Task A_request_that_is_undone_leaves_no_template_behind()
    {
        await Store();
        await Desk.Admin.Send(HttpMethod.Post, Templates, Body("acknowledgement", "sv", "x", null), headers: ("Idempotency-Key", "k1")).Problem(HttpStatusCode.Conflict, "template-exists");
        var made = await Desk.Admin.Send(HttpMethod.Post, Templates, Body("acknowledgement", "da", "dansk", null), headers: ("Idempotency-Key", "k2")).Json(HttpStatusCode.Created);
        var again = await Desk.Admin.Send(HttpMethod.Post, Templates, Body("acknowledgement", "da", "dansk", null), headers: ("Idempotency-Key", "k2")).Json(HttpStatusCode.Created);
        Assert.That((string?)again["id"], Is.EqualTo((string?)made["id"]));
        Assert.That(await Subject("da"), Is.EqualTo("dansk"));
    }

    [Test]
    public async Task Storing_needs_the_right_to_write_policies()
    {
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["policies:read"] }""").Json(HttpStatusCode.Created);
        var reader = Desk.With((string)key["key"]!);
        await reader.Post(Templates, Body("acknowledgement", "sv", "x", null)).Problem(HttpStatusCode.Forbidden, "forbidden");
        await reader.GetAsync(Templates).Json();
    }

    private Task<JsonNode> Store(string kind = "acknowledgement", string locale = "sv", string subject = "Mottaget: {{subject}}", string? channel = null) =>
        Desk.Admin.Post(Templates, Body(kind, locale, subject, channel)).Json(HttpStatusCode.Created);

    private Task<HttpResponseMessage> Post(string locale, string? channel = null) => Desk.Admin.Post(Templates, Body("acknowledgement", locale, "x", channel));

    private static string Body(string kind, string locale, string subject, string? channel) =>
        $$"""{ "kind": "{{kind}}", "locale": "{{locale}}", "subject": "{{subject}}", "text": "{{Text}}"{{(channel is null ? "" : $", \"channel\": \"{channel}\"")}} }""";

    /// <summary>The subject of the acknowledgement that a new ticket's customer gets.</summary>
    private async Task<string> Subject(string? locale, HttpClient? client = null) => (string)(await Deliveries(await OpenIn(locale, client)))[^1]["subject"]!;

    private Task<JsonNode> OpenIn(string? locale, HttpClient? client = null) => (client ?? Desk.Admin)
        .Post("/v1/tickets", $$"""{ "subject": "Printer on fire", "body": "It burns.", "requester": { "email": "{{locale ?? "none"}}@example.org", "name": "Ada"{{(locale is null ? "" : $", \"locale\": \"{locale}\"")}} } }""")
        .Json(HttpStatusCode.Created);
}
