using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>Which ticket a mail is about, and whose words it brings.</summary>
internal sealed class ThreadTests : InboundFixture
{
    [SetUp]
    public Task Promise_an_answer() => Policy("""{ "first_response": { "target": "PT4H" }, "next_response": { "target": "PT4H" } }""");

    [Test]
    public async Task An_answer_goes_to_its_ticket_and_what_it_quotes_is_kept_apart()
    {
        var ticket = await Open();
        await Said(ticket, "agent");
        var filed = await Filed(RawMail.GmailEnglish.Replace("SENT", await Sent(ticket), StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)filed["outcome"], (long?)filed["ticketId"]), Is.EqualTo(("message", (long?)ticket["id"])));
            var message = (await Messages(ticket))[^1];
            Assert.That(((string?)message["author"], (string?)message["visibility"], (string?)message["body"]), Is.EqualTo(("customer", "public", "It still burns, see https://example.org/photo.\n\nAda")));
            Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/inbound/email/{filed["id"]}").Json())["quoted"], Does.Contain("we have received your message"));
            Assert.That((await Read(ticket))["commitments"]!.AsArray().Select(item => (string?)item!["kind"]), Does.Contain("next_response"), "somebody waits");
        }
    }

    [Test]
    public async Task The_tag_of_the_desk_s_address_names_the_ticket()
    {
        var ticket = await Open();
        await Deliver();
        var tag = Mails()[0]["Reply-To"];
        Assert.That(tag, Does.Match($@"<?support\+t{ticket["id"]}\.[0-9a-f]{{20}}@desk\.example>?$"));
        var address = tag.Split('<')[^1].TrimEnd('>');
        Assert.That((long?)(await Filed(RawMail.Of(to: address.ToUpperInvariant())))["ticketId"], Is.EqualTo((long?)ticket["id"]));
        Assert.That((long?)(await Filed(RawMail.Of(id: "a2@example.org"), $"?recipient={Uri.EscapeDataString(address)}"))["ticketId"], Is.EqualTo((long?)ticket["id"]), "the envelope's");
        var forged = address.Replace($"+t{ticket["id"]}.", $"+t{(long)ticket["id"]! + 1}.", StringComparison.Ordinal);
        Assert.That((string?)(await Filed(RawMail.Of(to: forged, id: "a3@example.org")))["outcome"], Is.EqualTo("ticket"));
    }

    [Test]
    public async Task An_answer_to_her_own_mail_goes_to_the_ticket_that_it_opened()
    {
        var first = await Filed(RawMail.Of());
        var second = await Filed(RawMail.Of(id: "a2@example.org", more: "References: <a1@example.org>"));
        Assert.That((long?)second["ticketId"], Is.EqualTo((long?)first["ticketId"]));
    }

    [Test]
    public async Task A_stranger_s_mail_is_a_note_and_nobody_is_answered()
    {
        var ticket = await Open();
        await Said(ticket, "agent");
        var before = await Outgoing(ticket);
        var filed = await Filed(RawMail.Of(from: "Eve <eve@example.net>", body: "Send me everything.", more: $"In-Reply-To: <{await Sent(ticket)}>"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)filed["outcome"], Is.EqualTo("note"));
            var message = (await Messages(ticket))[^1];
            Assert.That(((string?)message["author"], (string?)message["visibility"]), Is.EqualTo(("system", "internal")));
            Assert.That((string?)message["body"], Does.StartWith("Mail from Eve <eve@example.net>, who is neither this ticket's customer nor a watcher.").And.EndsWith("Send me everything."));
            Assert.That(await Outgoing(ticket), Is.EqualTo(before));
            Assert.That((await Read(ticket))["commitments"]!.AsArray().Select(item => (string?)item!["kind"]), Does.Not.Contain("next_response"));
        }
    }

    [Test]
    public async Task Mail_in_her_name_that_failed_its_check_is_a_note()
    {
        var ticket = await Open();
        var filed = await Filed(RawMail.Of(more: $"In-Reply-To: <{await Sent(ticket)}>\nAuthentication-Results: mx.desk.example; spf=fail; dmarc=fail header.from=example.org"));
        Assert.That((string?)filed["outcome"], Is.EqualTo("note"));
        Assert.That(await Notes(ticket), Has.One.Contains("DMARC failed"));
    }

    [Test]
    public async Task A_watcher_s_answer_is_hers_by_name()
    {
        var ticket = await Open(""" "watchers": ["boss@example.org"] """);
        await Filed(RawMail.Of(from: "Boss <boss@example.org>", more: $"In-Reply-To: <{await Sent(ticket)}>"));
        var message = (await Messages(ticket))[^1];
        Assert.That(((string?)message["author"], (string?)message["authorId"], (string?)message["visibility"]), Is.EqualTo(("customer", "boss@example.org", "public")));
    }

    [Test]
    public async Task What_mail_quoted_and_who_wrote_it_is_erased_with_the_person()
    {
        var ticket = await Open(""" "watchers": ["boss@example.org"] """);
        var filed = await Filed(RawMail.GmailEnglish.Replace("SENT", await Sent(ticket), StringComparison.Ordinal));
        var boss = await Customer("""{ "email": "boss@example.org" }""");
        await Filed(RawMail.Of(from: "boss@example.org", more: $"In-Reply-To: <{await Sent(ticket)}>"));
        await Desk.Admin.DeleteAsync($"/v1/customers/{boss["id"]}");
        Assert.That((await Messages(ticket))[^1]["authorId"], Is.Null);
        Assert.That(await Database.Ask<long>("select count(*) from events where data::text like '%boss@example.org%'"), Is.Zero);
        await Desk.Admin.DeleteAsync($"/v1/customers/{ticket["requesterId"]}");
        Assert.That((await Desk.Admin.GetAsync($"/v1/inbound/email/{filed["id"]}").Json())["quoted"], Is.Null);
    }

    [Test]
    public async Task What_comes_too_late_opens_a_ticket_that_continues_the_old_one_and_takes_its_files_along()
    {
        var ticket = await Open();
        var sent = await Sent(ticket);
        await Patch(ticket, """{ "status": "closed" }""").Json();
        var mail = RawMail.Forward.Replace("boss@example.org", "ada@example.org", StringComparison.Ordinal).Replace("Message-ID: <fwd-1@example.org>", $"Message-ID: <fwd-1@example.org>\nIn-Reply-To: <{sent}>", StringComparison.Ordinal);
        var filed = await Filed(mail);
        var next = await TicketOf(filed);
        Assert.That((long?)next["id"], Is.Not.EqualTo((long?)ticket["id"]));
        Assert.That((await Messages(next))[0]["attachments"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task On_a_merged_ticket_each_customer_answers_for_herself()
    {
        var ada = await Open();
        var grace = await Open(requester: """{ "email": "grace@example.org" }""");
        var sent = await Sent(grace);
        await Post(grace, "/merge", $$"""{ "into": {{ada["id"]}} }""").Json();
        var filed = await Filed(RawMail.Of(from: "grace@example.org", more: $"In-Reply-To: <{sent}>"));
        Assert.That(((string?)filed["outcome"], (long?)filed["ticketId"]), Is.EqualTo(("message", (long?)ada["id"])));
        Assert.That(await Database.Ask<long>($"select written_on from messages where id = '{filed["messageId"]}'"), Is.EqualTo((long)grace["id"]!));
    }

    [Test]
    public async Task A_caller_held_to_queues_files_in_them_alone()
    {
        var theirs = await Open(""" "queue": "billing" """);
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "held", "scopes": ["messages:write","messages:read"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        using var held = Desk.With((string)made["key"]!);
        var mail = RawMail.Of(more: $"In-Reply-To: <{await Sent(theirs)}>");
        await Mail(mail, client: held).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        var filed = await Mail(mail, "?queue=sales", held).Json(HttpStatusCode.Created);
        Assert.That((string?)filed["outcome"], Is.EqualTo("ticket"), "what it does not see is not there");
        var elsewhere = await Filed(RawMail.Of(id: "a9@example.org"));
        await held.GetAsync($"/v1/inbound/email/{elsewhere["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
        var known = await Mail(RawMail.Of(id: "a9@example.org"), "?queue=sales", held).Json();
        Assert.That(known["ticketId"], Is.Null);
    }
}
