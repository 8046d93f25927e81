using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class DatabaseAwayTests : DeskFixture
{
    private const string Whole = """
        select count(*) from tickets t
        where (select count(*) from messages m where m.ticket_id = t.id) = 1 and (select count(*) from commitments c where c.ticket_id = t.id) = 1
            and (select count(*) from promises p where p.ticket_id = t.id) = 1 and (select count(*) from deliveries d where d.ticket_id = t.id) = 1
            and (select count(*) from events e where e.ticket_id = t.id) = 4
        """;

    [Test]
    public async Task While_the_database_is_away_that_is_said_and_afterwards_all_goes_on()
    {
        await Policy();
        var ticket = await Open();
        await Database.Interrupt(async () =>
        {
            await PostTicket($$"""{ "subject": "s", "body": "b", "requester": {{Ada}} }""").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
            await Get(ticket).Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
            await Patch(ticket, """{ "queue": "q" }""").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
            await Say(ticket, "agent").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
            await Desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT1H" }""").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
        });
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
        await Said(ticket, "agent");
        await Advance("PT1H");
        await Open();
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_outage_cuts_short_is_written_whole_or_not_at_all()
    {
        await Policy();
        for (var round = 0; round < 3; round++)
        {
            // The first one after an outage finds out that connections were cut.
            await Desk.Admin.GetAsync("/v1/tickets");
            var posts = Enumerable.Range(0, 24).Select(_ => PostTicket($$"""{ "subject": "s", "body": "b", "requester": {{Ada}} }""")).ToList();
            await posts[round * 6];
            await Database.Interrupt(() => Task.CompletedTask);
            var answers = await Task.WhenAll(posts);
            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.ServiceUnavailable));
            var made = answers.Count(answer => answer.StatusCode == HttpStatusCode.Created);
            Assert.That(made, Is.Positive);
        }

        await Desk.Admin.GetAsync("/v1/tickets");
        Assert.That(await Database.Ask<long>(Whole), Is.EqualTo(await Database.Ask<long>("select count(*) from tickets")));
    }

    [Test]
    public async Task Once_it_is_back_at_most_the_first_request_finds_out_that_its_connection_was_cut()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Desk.Admin.GetAsync("/v1/tickets")));
        await Database.Interrupt(() => Task.CompletedTask);
        await Desk.Admin.GetAsync("/v1/tickets");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Desk.Admin.GetAsync("/v1/tickets")));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
    }
}
