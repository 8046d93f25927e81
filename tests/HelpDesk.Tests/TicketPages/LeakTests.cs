using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.TicketPages;

/// <summary>What is the desk's own affair, or another customer's, is on no page; and the address of a page is in no log.</summary>
internal sealed class LeakTests : TicketPageFixture
{
    private const string Canary = "canary";

    /// <summary>Everything that agents may fill in, each with a word that must not come out.</summary>
    private async Task<JsonNode> Furnished()
    {
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "name": "canary-calendar" }""").Json();
        await Policy(
            """
            { "first_response": { "target": "PT4H", "cushion": "PT1H30M", "hours": "around_the_clock", "maxRenewals": 1,
                "ladder": [{ "at": "10%", "do": "notify", "to": "canary-ladder@example.org" }, { "at": "PT0S", "from": "lapse", "do": "notify", "to": "queue" }] },
              "resolution": { "target": "PT40H" } }
            """,
            """ "description": "canary-description" """);
        await Desk.Admin.Post("/v1/queues", """{ "name": "canary-queue", "description": "canary-queue-description" }""").Json(HttpStatusCode.Created);
        var agent = await Desk.Admin.Post("/v1/agents", """{ "name": "canary-agent", "email": "canary-agent@example.org", "queues": ["canary-queue"], "role": "lead" }""").Json(HttpStatusCode.Created);
        await Desk.Admin.Post("/v1/organisations", """{ "name": "canary-organisation", "domains": ["example.net"], "tier": "canary-tier" }""").Json(HttpStatusCode.Created);
        var ticket = await Open(
            """
            "queue": "canary-queue", "category": "canary-category", "tags": ["canary-tag"], "customFields": { "field": "canary-field" }, "externalRef": "canary-ref",
            "externalSource": "canary-source", "watchers": ["canary-watcher@example.org"], "channel": "canary-channel"
            """,
            """{ "email": "canary-own@example.net", "name": "canary-own-name", "timeZone": "Europe/Helsinki" }""");
        await Patch(ticket, $$"""{ "assignee": "{{agent["id"]}}", "reason": "A reason she may read." }""").Json();
        await Said(ticket, "agent", """ "visibility": "internal", "authorId": "canary-author" """, "canary-note");
        await Advance("PT8H");
        await Said(ticket, "agent", """ "authorId": "canary-author" """, "Public words.");
        var other = await Open(requester: """{ "email": "canary-other@example.org", "name": "canary-other-name" }""");
        await Said(other, "customer", body: "canary-words-of-another");
        await Said(other, "agent", body: "canary-words-to-another");
        await Post(other, "/merge", $$"""{ "into": {{ticket["id"]}} }""").Json();
        await Database.Execute("update deliveries set last_error = 'canary-error'; update delivery_attempts set words = 'canary-attempt'");
        return ticket;
    }

    [Test]
    public async Task Nothing_internal_is_in_any_public_answer()
    {
        var ticket = await Furnished();
        var link = await Link(ticket);
        var page = await See(link);
        Assert.That(Text(page), Does.Contain("Public words.").And.Contain("A reason she may read."));
        var file = Resolve(link, $"{link}/files/{Guid.Empty}");
        var answers = new List<HttpResponseMessage>();
        foreach (var language in new[] { "en", "fi", "tr" })
        {
            foreach (var path in new[] { link, file, "/t/nowhere", "/v1/public/opt-out/nowhere", "/nowhere" }) answers.Add(await Ask($"{path}?lang={language}", ("Accept", "text/html")));
            answers.Add(await Send(page, link, "", headers: ("Accept-Language", language)));
        }

        answers.Add(await Send(page, link, "Thank you."));
        answers.Add(await Ask(Resolve(link, answers[^1].Headers.Location!.OriginalString)));
        foreach (var answer in answers)
        {
            var all = $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}";
            Assert.That(all, Does.Not.Contain(Canary).IgnoreCase, answer.RequestMessage!.RequestUri!.ToString());
            // The inner target: an hour and a half before what was promised.
            Assert.That(all, Does.Not.Contain("14:00").And.Not.Contain("klo 14.00"));
        }
    }

    [Test]
    public async Task Two_customers_of_one_matter_see_nothing_of_each_other()
    {
        await Policy();
        var hers = await Open(""" "externalRef": "x" """);
        var his = await PostTicket("""{ "subject": "His subject", "body": "His words.", "requester": { "email": "bob@example.org", "name": "Bob", "locale": "fi" } }""").Json(HttpStatusCode.Created);
        await Said(his, "agent", body: "To him alone.");
        await Said(hers, "agent", body: "To her alone.");
        var links = (Hers: await Link(hers), His: await Link(his));
        await Post(his, "/merge", $$"""{ "into": {{hers["id"]}} }""").Json();
        await Advance("PT1M");
        await Said(hers, "agent", body: "To both.");
        await Send(await See(links.His), links.His, "He answers.", [("his.txt", "x")]);
        await Send(await See(links.Hers), links.Hers, "She answers.");
        var (she, he) = (await See(links.Hers), await See(links.His));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(she), Does.Contain("Printer on fire").And.Contain("To her alone.").And.Contain("To both.").And.Contain("She answers."));
            Assert.That(Text(she), Does.Not.Contain("His").And.Not.Contain("To him alone.").And.Not.Contain("He answers.").And.Not.Contain("Bob").And.Not.Contain("his.txt"));
            Assert.That(Text(he), Does.Contain("His subject").And.Contain($"Pyyntö nro {his["id"]}").And.Contain("His words.").And.Contain("To him alone.").And.Contain("To both.").And.Contain("He answers."));
            Assert.That(Text(he), Does.Not.Contain("Printer").And.Not.Contain("To her alone.").And.Not.Contain("She answers.").And.Not.Contain("It burns."));
        }

        var file = he.QuerySelector(".files a")!.GetAttribute("href")!;
        Assert.That((await Ask(Resolve(links.His, file))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await See(Resolve(links.Hers, file).Replace(links.His, links.Hers, StringComparison.Ordinal), HttpStatusCode.NotFound);
        await Patch(hers, """{ "status": "closed" }""").Json();
        var sent = await Send(await See(links.His), links.His, "Too late.");
        var next = await See(Resolve(links.His, sent.Headers.Location!.OriginalString));
        Assert.That(Text(next), Does.Contain("His subject").And.Contain("Too late."), "what he writes too late is a ticket of his, and not of hers");
    }

    [Test]
    public async Task The_page_of_a_ticket_merged_into_another_of_hers_leads_there()
    {
        var (first, second) = (await Open(), await Open());
        var link = await Link(first);
        await Post(first, "/merge", $$"""{ "into": {{second["id"]}} }""").Json();
        var answer = await Ask(link);
        Assert.That((answer.StatusCode, Resolve(link, answer.Headers.Location!.OriginalString)), Is.EqualTo((HttpStatusCode.SeeOther, await Link(second))));
    }

    [Test]
    public async Task The_address_of_a_page_is_in_no_log()
    {
        var link = await Link(await Open());
        using var log = new LogLines();
        using (var desk = TestDesk.Start(
            [("Sandbox:Clock", "true"), ("Logging:LogLevel:Microsoft.AspNetCore", "Information"), ("Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Debug")],
            services: services => services.AddLogging(logging => logging.AddProvider(log)), database: Database))
        {
            await (await desk.Anonymous.GetAsync(link)).Page();
            await desk.Anonymous.PostAsync(link, new StringContent("x"));
            await desk.Anonymous.GetAsync("/v1/public/opt-out/secret-token");
            await desk.Anonymous.GetAsync("/v1/commitments");
        }

        var lines = log.Lines.Select(line => $"{line.Text} {line.Scopes}").ToList();
        Assert.That(lines, Has.Some.Contains("/t/-"), "requests are logged");
        Assert.That(lines, Has.Some.Contains("GET http://localhost/v1/commitments"), "and those that open nothing by their whole path");
        Assert.That(lines, Has.None.Contains(link[3..]).And.None.Contains("secret-token"));
    }
}
