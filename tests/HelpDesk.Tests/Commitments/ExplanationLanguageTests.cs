using System.Text.Json.Nodes;
using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Commitments.Explaining;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Commitments;

/// <summary>The explanation over HTTP, and as the customer is shown it.</summary>
internal sealed class ExplanationLanguageTests : DeskFixture
{
    private static IEnumerable<string> Texts(JsonNode explanation) =>
        explanation["commitments"]!.AsArray().SelectMany(item => item!["steps"]!.AsArray()).Select(step => (string)step!["text"]!);

    [TestCase("", "", "The clock started: 4 hours around the clock, up to Monday, 2 March 2026 at 12:00 (UTC).")]
    [TestCase("?lang=tr", "fi", "Süre işlemeye başladı: günün her saati sayılmak üzere 4 saat; bitiş: 2 Mart 2026 Pazartesi, 12:00 (UTC).")]
    [TestCase("", "fi-FI,en;q=0.5", "Aika alkoi kulua: 4 tuntia vuorokauden ympäri, viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (UTC).")]
    public async Task A_ticket_is_explained_in_the_language_asked_for(string query, string accepted, string first)
    {
        await Policy();
        var answer = await Get(await Open(), "/explanation" + query, ("Accept-Language", accepted));
        Assert.That(Texts(await answer.Json()).First(), Is.EqualTo(first));
        Assert.That(answer.Content.Headers.ContentLanguage, Has.Count.EqualTo(1));
        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Language"));
    }

    [Test]
    public async Task A_rehearsal_too()
    {
        var rehearsed = await Desk.Admin.Post("/v1/policies/rehearsal?lang=fi", """
            { "calendar": { "timeZone": "Europe/Helsinki", "week": { "mon": [["08:00","16:00"]] } }, "policy": { "terms": { "first_response": { "target": "PT1H" } } },
              "events": [{ "at": "2026-03-02T08:00:00Z", "type": "created" }, { "at": "2026-03-02T08:35:00Z", "type": "message", "author": "agent" }] }
            """).Json();
        Assert.That(Texts(rehearsed["explanation"]!).Last(), Is.EqualTo("Hoidettu. Aikaa kului 35 minuuttia: lupaus pidettiin."));
    }

    [Test]
    public async Task The_customer_reads_what_she_was_told_and_nobody_s_name()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1, "ladder": [{ "at": "50%", "do": "notify", "to": "canary@example.org" }] } }""");
        var ticket = await Open(""" "assignee": "canary", "queue": "canary" """);
        await Advance("PT9H");
        var agents = Texts(await Read(ticket, "/explanation")).ToList();
        var hers = (await ForCustomer(ticket, "en")).SelectMany(item => item.Steps).Select(step => step.Text).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('\n', agents), Does.Contain("canary@example.org notified").And.Contain("The customer was written to"));
            Assert.That(string.Join('\n', hers), Does.Not.Contain("canary").And.Not.Contain("ladder").And.Not.Contain("customer"));
            Assert.That(hers, Has.Some.StartsWith("We wrote to you before Monday, 2 March 2026 at 14:00 (Europe/Helsinki) had passed, with a new date"));
            Assert.That(hers, Has.Some.StartsWith("We wrote to you that we may not keep to"));
            Assert.That(hers, Has.Some.StartsWith("We apologised to you for"));
        }
    }

    private async Task<IReadOnlyList<CommitmentExplanation>> ForCustomer(JsonNode node, string code)
    {
        using var scope = Desk.Services.CreateScope();
        var desk = scope.ServiceProvider.GetRequiredService<TicketDesk>();
        var ticket = (await desk.Reader.Read(desk.Database, [(long)node["id"]!], Caller.Desk, default)).Single();
        var telling = new Telling(Languages.All.Single(language => language.Code == code), DateTimeZoneProviders.Tzdb["Europe/Helsinki"], ForCustomer: true);
        return (await ExplainTicket.Explain(ticket, telling, scope.ServiceProvider.GetRequiredService<HelpDeskDb>(), Instant.FromUtc(2026, 3, 2, 17, 0), default)).Commitments;
    }
}
