using System.Net;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Templates;

/// <summary>Templates tried with values of nobody's, or with a ticket's own; and what there is to start from.</summary>
internal sealed class PreviewTests : DeskFixture
{
    private const string Dated = """{ "kind": "KIND", "locale": "LOCALE", "subject": "{{subject}} [#{{ticketNumber}}]", "text": "{{customerName}}:\n\n{{#each items}}\n- {{what}}: {{oldDate}} > {{newDate}}\n{{/each}}\n{{body}}" }""";

    [TestCase("fi", "Tulostin on tulessa [#42]", "Ada:\n\n- Ensimmäinen vastaus:  > maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki)\n")]
    [TestCase("tr-CY", "Yazıcı yanıyor [#42]", "Ada:\n\n- İlk yanıt:  > 2 Mart 2026 Pazartesi, 12:00 (Europe/Helsinki)\n")]
    [TestCase("de", "Printer on fire [#42]", "Ada:\n\n- First answer:  > Monday, 2 March 2026 at 12:00 (Europe/Helsinki)\n")]
    public async Task Without_a_ticket_it_says_values_of_nobody_s_in_its_language(string locale, string subject, string text)
    {
        var shown = await Desk.Admin.Post("/v1/templates/preview", Dated.Replace("KIND", "reply").Replace("LOCALE", locale)).Json();
        Assert.That(((string?)shown["locale"], (string?)shown["subject"]), Is.EqualTo((locale, subject)));
        Assert.That((string?)shown["text"], Does.StartWith(text));
        Assert.That((string?)shown["html"], Does.StartWith("<!doctype html>").And.Contain($"<html lang=\"{locale}\">").And.Contain("<ul"));
        Assert.That(await Database.Ask<long>("select count(*) from templates"), Is.Zero);
    }

    [TestCase("follow_up", "Monday, 2 March 2026 at 12:00 (UTC) > Monday, 2 March 2026 at 14:00 (UTC)")]
    [TestCase("recovery", "Monday, 2 March 2026 at 12:00 (UTC) > Monday, 2 March 2026 at 14:00 (UTC)")]
    [TestCase("promise", "First answer:  > Monday, 2 March 2026 at 12:00 (UTC)")]
    public async Task With_a_ticket_it_says_what_its_customer_would_be_told_and_nothing_happens(string kind, string text)
    {
        await Policy();
        var ticket = await Open();
        var before = await State();
        var body = Dated.Replace("KIND", kind).Replace("LOCALE", "en").Replace("\\n{{body}}", "")[..^1] + $$""", "ticketId": {{ticket["id"]}} }""";
        var shown = await Desk.Admin.Post("/v1/templates/preview", body).Json();
        Assert.That((string?)shown["subject"], Is.EqualTo($"Printer on fire [#{ticket["id"]}]"));
        Assert.That((string?)shown["text"], Does.StartWith("Ada:\n\n- First answer:").And.Contain(text));
        Assert.That(await State(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_stored_one_is_shown_in_another_locale_s_dates_too()
    {
        await Policy();
        var ticket = await Open();
        var made = await Desk.Admin.Post("/v1/templates", Dated.Replace("KIND", "reply").Replace("LOCALE", "sv")).Json(HttpStatusCode.Created);
        var shown = await Desk.Admin.Post($"/v1/templates/{made["id"]}/preview", $$"""{ "ticketId": {{ticket["id"]}}, "locale": "fi" }""").Json();
        Assert.That((string?)shown["text"], Is.EqualTo("Ada:\n\n- Ensimmäinen vastaus:  > maanantaina 2. maaliskuuta 2026 klo 12.00 (UTC)\nOlemme tilanneet osan, ja seuraava tukitunti on maksuton.\n"));
        Assert.That((string?)(await Desk.Admin.Post($"/v1/templates/{made["id"]}/preview", "{}").Json())["text"], Does.Contain("First answer"));
        await Desk.Admin.Post($"/v1/templates/{made["id"]}/preview", """{ "locale": "xx" }""").Refuses("locale");
    }

    [Test]
    public async Task Every_shipped_template_is_shown_with_a_ticket_of_any_state()
    {
        await Policy("""{ "first_response": { "target": "PT2H" }, "resolution": { "target": "PT8H" } }""");
        var defaults = (await Desk.Admin.GetAsync("/v1/templates/defaults").Json())["items"]!.AsArray();
        Assert.That(defaults, Has.Count.EqualTo(3 * Enum.GetValues<MessageKind>().Length));
        foreach (var patch in new[] { "{}", """{ "status": "waiting_on_customer", "reason": "Your serial number" }""", """{ "status": "resolved" }""" })
        {
            var ticket = await Open();
            await Patch(ticket, patch).Json();
            foreach (var item in defaults)
            {
                var shown = await Desk.Admin.Post("/v1/templates/preview", $$"""
                    { "kind": "{{item!["kind"]}}", "locale": "{{item["locale"]}}", "subject": {{item["subject"]!.ToJsonString()}}, "text": {{item["text"]!.ToJsonString()}}, "ticketId": {{ticket["id"]}} }
                    """).Json();
                Assert.That((string?)shown["subject"], Does.EndWith($"Printer on fire [#{ticket["id"]}]"));
            }
        }
    }

    [Test]
    public async Task A_ticket_that_the_caller_does_not_see_is_not_shown()
    {
        var ticket = await Open("\"queue\": \"billing\"");
        var body = Dated.Replace("KIND", "reply").Replace("LOCALE", "en")[..^1] + $$""", "ticketId": {{ticket["id"]}} }""";
        var reader = await Key("\"policies:read\"");
        var held = await Key("\"policies:read\",\"tickets:read\"", ", \"queues\": [\"sales\"]");
        await Desk.Admin.Post("/v1/templates/preview", body).Json();
        await reader.Post("/v1/templates/preview", body).Problem(HttpStatusCode.Forbidden, "forbidden");
        await held.Post("/v1/templates/preview", body).Problem(HttpStatusCode.UnprocessableEntity, "unknown-ticket");
    }

    [Test]
    public async Task One_that_could_not_be_stored_is_not_shown() =>
        Assert.That(
            await Desk.Admin.Post("/v1/templates/preview", """{ "kind": "resolution", "locale": "en", "subject": "s", "text": "a\nb {{x}}" }""").Refuses("text"),
            Does.StartWith("line 2, column 3: {{x}} is not a placeholder of resolution; known are "));

    [Test]
    public async Task The_kinds_say_what_each_may_say()
    {
        var kinds = (await Desk.Admin.GetAsync("/v1/templates/kinds").Json())["items"]!.AsArray();
        Assert.That(kinds.Select(kind => (string?)kind!["kind"]), Does.Contain("follow_up").And.Contain("remedy"));
        var followUp = kinds.Single(kind => (string?)kind!["kind"] == "follow_up")!;
        var placeholders = followUp["placeholders"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => item!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)followUp["description"], Does.StartWith("Before a promise lapses"));
            Assert.That(placeholders["customerName"].ToJsonString(), Is.EqualTo("""{"name":"customerName","type":"text","optional":true,"required":false,"meaning":"What the customer is called.","example":"Ada","members":null}"""));
            Assert.That(((string?)placeholders["ticketNumber"]["type"], (bool)placeholders["ticketNumber"]["optional"]!), Is.EqualTo(("text", false)));
            Assert.That((string?)placeholders["hasNewDate"]["type"], Is.EqualTo("flag"));
            Assert.That((string?)placeholders["items"]["type"], Is.EqualTo("list"));
            Assert.That(placeholders["items"]["members"]!.AsArray().Select(member => $"{member!["name"]} {member["type"]} {member["required"]}"), Is.EqualTo(new[] { "what text true", "oldDate text false", "newDate text true", "noNewDate flag false" }));
        }
    }

    [TestCase("", 33)]
    [TestCase("?kind=recovery", 3)]
    [TestCase("?kind=recovery&locale=FI", 1)]
    [TestCase("?locale=sv", 0)]
    public async Task The_shipped_ones_are_there_to_start_from(string query, int count)
    {
        var items = (await Desk.Admin.GetAsync("/v1/templates/defaults" + query).Json())["items"]!.AsArray();
        Assert.That(items, Has.Count.EqualTo(count));
        if (query.Contains("FI")) Assert.That((string?)items[0]!["subject"], Does.StartWith("Anteeksi"));
    }

    private Task<string?> State() => Database.Ask<string>(
        "select (select count(*) from events) || ' ' || (select count(*) from promises) || ' ' || (select count(*) from deliveries) || ' ' || (select string_agg(t::text, '') from tickets t)");

    private async Task<HttpClient> Key(string scopes, string more = "") =>
        Desk.With((string)(await Desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": [{{scopes}}]{{more}} }""").Json(HttpStatusCode.Created))["key"]!);
}
