using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>Mail of machines: it starts nothing, and what it says of our mail is heeded.</summary>
internal sealed class AutomatedTests : InboundFixture
{
    [SetUp]
    public Task Promise_an_answer() => Policy("""{ "first_response": { "target": "PT4H" }, "next_response": { "target": "PT4H" } }""");

    [Test]
    public async Task An_out_of_office_notice_starts_nothing_and_is_not_answered()
    {
        var ticket = await Open();
        await Said(ticket, "agent");
        var before = await Outgoing(ticket);
        var filed = await Filed(RawMail.OutOfOffice.Replace("SENT", await Sent(ticket), StringComparison.Ordinal));
        Assert.That(((string?)filed["outcome"], (bool)filed["automated"]!, (long?)filed["ticketId"]), Is.EqualTo(("message", true, (long?)ticket["id"])));
        Assert.That(await Outgoing(ticket), Is.EqualTo(before));
        Assert.That((await Read(ticket))["commitments"]!.AsArray().Select(item => (string?)item!["kind"]), Does.Not.Contain("next_response"));
    }

    [Test]
    public async Task Mail_of_a_list_opens_a_ticket_that_promises_no_answer()
    {
        var ticket = await TicketOf(await Filed(RawMail.List));
        Assert.That(await Outgoing(ticket), Is.Empty);
        Assert.That(ticket["commitments"]!.AsArray(), Is.Empty);
    }

    [TestCase("failed", "5.1.1", "marked", true)]
    [TestCase("failed", "4.4.7", "recorded", false)]
    [TestCase("delayed", "4.4.1", "recorded", false)]
    public async Task A_bounce_is_recorded_with_the_mail_that_came_back(string action, string status, string outcome, bool isLost)
    {
        var ticket = await Open();
        var mail = RawMail.Bounce.Replace("SENT", await Sent(ticket), StringComparison.Ordinal).Replace("ACTION", action, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal);
        var filed = await Filed(mail, expected: HttpStatusCode.Accepted);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)filed["outcome"], (string?)filed["bounces"]![0]!["outcome"]), Is.EqualTo(("returned", outcome)));
            var customer = await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json();
            Assert.That(customer["unreachableSince"] is not null, Is.EqualTo(isLost));
            Assert.That((string?)(await Deliveries(ticket))[0]["bounce"]?["diagnostic"], Is.EqualTo("550 5.1.1 No such user"));
            Assert.That(await Messages(ticket), Has.Count.EqualTo(isLost ? 2 : 1));
        }

        Assert.That((bool)(await Filed(mail, expected: HttpStatusCode.OK))["known"]!, Is.True);
    }

    [TestCase("nobody@elsewhere.example", null, false, TestName = "A made-up bounce")]
    [TestCase(null, null, false, TestName = "A bounce that names nobody")]
    [TestCase("nobody@elsewhere.example", "eve@elsewhere.example", false, TestName = "A bounce of somebody else's mail")]
    [TestCase("ada@office.example", "ada+2Bdesk@xn--bcher-kva.example", true, TestName = "A bounce from where her mail is forwarded, that names her")]
    [TestCase("<ADA+desk@xn--bcher-kva.example>", null, true, TestName = "A bounce in other letters")]
    public async Task A_bounce_ends_the_mail_of_whom_it_names(string? final, string? original, bool isLost)
    {
        var ticket = await Open(requester: """{ "email": "ada+desk@bücher.example" }""");
        var mail = RawMail.Bounce.Replace("SENT", await Sent(ticket), StringComparison.Ordinal).Replace("ACTION", "failed", StringComparison.Ordinal).Replace("STATUS", "5.1.1", StringComparison.Ordinal)
            .Replace("Final-Recipient: rfc822; ada@example.org\n", final is null ? "" : $"Final-Recipient: rfc822; {final}\n", StringComparison.Ordinal)
            .Replace("Original-Recipient: rfc822;ada@example.org\n", original is null ? "" : $"Original-Recipient: rfc822;{original}\n", StringComparison.Ordinal);
        var filed = await Filed(mail, expected: HttpStatusCode.Accepted);
        Assert.That((string?)filed["bounces"]![0]!["outcome"], Is.EqualTo(isLost ? "marked" : "recorded"));
        Assert.That((await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json())["unreachableSince"] is not null, Is.EqualTo(isLost));
        Assert.That((bool?)(await Deliveries(ticket))[0]["bounce"]!["permanent"], Is.EqualTo(isLost));
    }

    [Test]
    public async Task A_complaint_ends_mail_to_whoever_complained()
    {
        var ticket = await Open();
        var filed = await Filed(RawMail.Complaint.Replace("SENT", await Sent(ticket), StringComparison.Ordinal), expected: HttpStatusCode.Accepted);
        Assert.That((string?)filed["bounces"]![0]!["outcome"], Is.EqualTo("marked"));
    }

    [Test]
    public async Task A_bounce_of_mail_that_the_desk_does_not_know_marks_nobody_and_is_not_lost()
    {
        var ticket = await Open();
        var filed = await Filed(RawMail.Bounce.Replace("SENT", "made-up@desk.example", StringComparison.Ordinal).Replace("ACTION", "failed", StringComparison.Ordinal).Replace("STATUS", "5.1.1", StringComparison.Ordinal));
        Assert.That(((string?)filed["outcome"], (bool)filed["automated"]!), Is.EqualTo(("ticket", true)));
        Assert.That((await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json())["unreachableSince"], Is.Null);
        Assert.That(await Outgoing(await TicketOf(filed)), Is.Empty);
    }
}
