using HelpDesk.Tests.Inbound;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Dossiers;

/// <summary>What others' tickets have of her, from before she was a customer and from addresses that she had once.</summary>
internal sealed class EraseTracesTests : InboundFixture
{
    private const string Zelpha = """{ "email": "zelpha@quint.test", "name": "Zelpha Quinterova" }""";

    private async Task Gone(string customer)
    {
        Assert.That(await Dump(), Does.Contain("quint.test"));
        await Desk.Admin.Delete($"/v1/customers/{customer}").Gone();
        Assert.That(await Dump(), Does.Not.Contain("quint").IgnoreCase.And.Not.Contain("Zelpha").IgnoreCase);
    }

    [Test]
    public async Task Copies_that_she_was_sent_before_she_was_a_customer()
    {
        var ticket = await Open(""" "watchers": ["zelpha@quint.test", "friend@example.org"] """);
        await Said(ticket, "agent", body: "For all to read.");
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where customer_id is null"), Is.EqualTo(2));
        await Gone((string)(await Customer(Zelpha))["id"]!);
        Assert.That((await Deliveries(ticket)).Select(item => $"{item["recipient"]} {item["kind"]} {item["state"]}"), Is.EqualTo(new[]
        {
            "ada@example.org acknowledgement queued", "ada@example.org reply queued", "(erased) reply withdrawn", "friend@example.org reply queued",
        }));
    }

    [Test]
    public async Task What_she_wrote_to_a_ticket_that_she_watches_no_longer()
    {
        var customer = await Customer(Zelpha);
        var ticket = await Open(""" "watchers": ["zelpha@quint.test"] """);
        await Said(ticket, "customer", """ "authorId": "Zelpha@quint.test" """, "Words of a watcher.");
        await Patch(ticket, """{ "watchers": [] }""").Json();
        await Gone((string)customer["id"]!);
        var message = (await Messages(ticket))[^1];
        Assert.That(((string?)message["authorId"], (string?)message["body"]), Is.EqualTo(((string?)null, "Words of a watcher.")));
    }

    [Test]
    public async Task She_may_have_what_she_wrote_to_others_tickets_and_what_her_mail_quoted()
    {
        var (ticket, hers) = (await Open(""" "watchers": ["zelpha@quint.test"] """), await Open(requester: Zelpha));
        await Said(ticket, "customer", """ "authorId": "zelpha@quint.test" """, "Words of a watcher.");
        await Said(ticket, "customer", body: "Ada's.");
        string Mail(string sent) => RawMail.GmailEnglish.Replace("SENT", sent, StringComparison.Ordinal).Replace("ada@example.org", "zelpha@quint.test", StringComparison.Ordinal);
        var filed = await Filed(Mail(await Sent(hers)));
        await Filed(RawMail.GmailEnglish.Replace("SENT", await Sent(ticket), StringComparison.Ordinal));
        var export = await Desk.Admin.GetAsync($"/v1/customers/{hers["requesterId"]}/export").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(export["elsewhere"]!.AsArray().Select(message => $"{message!["ticketId"]} {message["body"]}"), Is.EqualTo(new[] { $"{ticket["id"]} Words of a watcher." }));
            Assert.That(export["quoted"]!.AsArray().Select(quoted => $"{quoted!["messageId"]}"), Is.EqualTo(new[] { $"{filed["messageId"]}" }));
            Assert.That((string?)export["quoted"]![0]!["text"], Does.Contain("we have received your message"));
        }
    }

    [Test]
    public async Task Addresses_that_were_taken_off_her_record()
    {
        var customer = await Customer("""{ "emails": ["zelpha@quint.test", "old@quint.test", "given@away.test"] }""");
        var ticket = await Open(""" "watchers": ["old@quint.test", "given@away.test"] """);
        await Said(ticket, "customer", """ "authorId": "old@quint.test" """);
        await Said(ticket, "agent");
        await Patch(ticket, """{ "watchers": ["given@away.test", "older@quint.test", "old@quint.test"] }""").Json();
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "emails": ["older@quint.test"] }""").Json();
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "emails": ["zelpha@quint.test"] }""").Json();
        await Customer("""{ "email": "given@away.test" }""");
        await Gone((string)customer["id"]!);
        Assert.That((await Read(ticket))["watchers"]!.ToJsonString(), Is.EqualTo("""["given@away.test"]"""), "it is another's now");
    }

    [Test]
    public async Task Notes_that_were_made_of_her_mail()
    {
        var ticket = await Open();
        var mail = RawMail.Of(
            from: "Zelpha Quinterova <zelpha@quint.test>", id: "z1@quint.test", more: $"In-Reply-To: <{await Sent(ticket)}>\nMIME-Version: 1.0").Replace(
            "Content-Type: text/plain; charset=utf-8\n\nIt burns.\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nZelpha's words.\n--b\nContent-Type: text/plain; name=quint.txt\nContent-Disposition: attachment; filename=quint.txt\n\nx\n--b--\n",
            StringComparison.Ordinal);
        var filed = await Filed(mail);
        Assert.That(((string?)filed["outcome"], await Database.Ask<long>("select count(*) from attachments")), Is.EqualTo(("note", 1L)));
        await Filed(RawMail.Of(from: "zelpha@quint.test", id: "z2@quint.test", more: $"In-Reply-To: <{await Sent(ticket)}>"));
        await Filed(RawMail.Of(from: "Eve <eve@example.net>", id: "e@example.net", body: "Eve of mail from zelpha@example.net, who is known.", more: $"In-Reply-To: <{await Sent(ticket)}>"));
        var customer = await Customer(Zelpha);
        var export = await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}/export").Json();
        Assert.That(export["elsewhere"]!.AsArray().Select(message => (message!["attachments"]!.AsArray().Count, ((string)message["body"]!)[..9])), Is.EqualTo(new[] { (1, "Mail from"), (0, "Mail from") }));
        await Desk.Admin.Delete($"/v1/customers/{customer["id"]}").Gone();
        Assert.That((await Messages(ticket)).Select(message => ((string)message["body"]!)[..8]), Is.EqualTo(new[] { "It burns", "(erased)", "(erased)", "Mail fro" }));
        Assert.That(await Dump(), Does.Not.Contain("quint").IgnoreCase);
    }
}
