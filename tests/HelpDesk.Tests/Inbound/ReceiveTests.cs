using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>Mail becomes tickets and messages, each once.</summary>
internal sealed class ReceiveTests : InboundFixture
{
    [SetUp]
    public Task Promise_an_answer() => Policy();

    [Test]
    public async Task A_mail_opens_a_ticket_and_is_answered()
    {
        var filed = await Filed(RawMail.Of(more: "Content-Language: fi"), "?queue=billing");
        var ticket = await TicketOf(filed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)filed["outcome"], (bool)filed["known"]!), Is.EqualTo(("ticket", false)));
            Assert.That(((string?)ticket["subject"], (string?)ticket["channel"], (string?)ticket["queue"]), Is.EqualTo(("Printer on fire", "email", "billing")));
            Assert.That((string?)(await Messages(ticket))[0]["body"], Is.EqualTo("It burns."));
            Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued" }));
            Assert.That(ticket["commitments"]!.AsArray(), Is.Not.Empty);
            var customer = await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json();
            Assert.That(((string?)customer["email"], (string?)customer["name"], (string?)customer["locale"]), Is.EqualTo(("ada@example.org", "Ada", "fi")));
            var read = await Desk.Admin.GetAsync($"/v1/inbound/email/{filed["id"]}").Json();
            Assert.That((long?)read["ticketId"], Is.EqualTo((long?)filed["ticketId"]));
        }
    }

    [Test]
    public async Task The_same_mail_is_filed_once()
    {
        var first = await Filed(RawMail.Of());
        var again = await Filed(RawMail.Of(), expected: HttpStatusCode.OK);
        Assert.That(((bool)again["known"]!, (long?)again["ticketId"], (string?)again["messageId"]), Is.EqualTo((true, (long?)first["ticketId"], (string?)first["messageId"])));
        Assert.That(await Database.Ask<long>("select count(*) from messages"), Is.EqualTo(1));
    }

    [Test]
    public async Task Copies_that_come_at_once_are_filed_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Mail(RawMail.Of())));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.OK, 5).Append(HttpStatusCode.Created)));
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_mail_without_a_Message_ID_is_known_by_its_bytes()
    {
        var mail = RawMail.Of().Replace("Message-ID: <a1@example.org>\n", "", StringComparison.Ordinal);
        await Filed(mail);
        await Filed(mail, expected: HttpStatusCode.OK);
        await Filed(mail + "More.");
    }

    [Test]
    public async Task The_desk_s_own_mail_is_not_filed()
    {
        var ticket = await Open();
        await Deliver();
        var raw = await File.ReadAllTextAsync(Directory.EnumerateFiles(Folder, "*.eml").Single());
        var answer = await Filed(raw, expected: HttpStatusCode.OK);
        Assert.That((string?)answer["outcome"], Is.EqualTo("own"));
        await Filed(RawMail.Of(from: "support+t1.x@desk.example"), expected: HttpStatusCode.OK);
        Assert.That(await Messages(ticket), Has.Count.EqualTo(1));
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_form_s_mail_is_of_whom_it_names_to_answer()
    {
        var form = await TicketOf(await Filed(RawMail.Of(from: "no-reply@forms.example", more: "Reply-To: Grace <grace@example.org>")));
        var person = await TicketOf(await Filed(RawMail.Of(more: "Reply-To: grace@example.org", id: "a2@example.org")));
        Assert.That(((string?)form["requester"]!["email"], (string?)person["requester"]!["email"]), Is.EqualTo(("grace@example.org", "ada@example.org")));
    }

    [Test]
    public async Task Files_are_kept_with_the_message_inline_pictures_and_mails_too()
    {
        var filed = await Filed(RawMail.Forward);
        var files = (await Messages(await TicketOf(filed)))[0]["attachments"]!.AsArray();
        Assert.That(files.Select(file => $"{file!["name"]} {file["type"]}"), Is.EqualTo(new[] { "tulostin käyttöohje.pdf application/pdf", "yangın.png image/png", "The first mail.eml message/rfc822" }));
        Assert.That(filed["notKept"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task What_is_not_taken_is_said()
    {
        using var strict = StartAnother([("Attachments:Types", "image/*"), ("Attachments:MaxBytes", "1000")]);
        var filed = await Mail(RawMail.Forward, client: strict.Admin).Json(HttpStatusCode.Created);
        Assert.That(filed["notKept"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(await Notes(await TicketOf(filed)), Has.One.Contains("tulostin käyttöohje.pdf (files of its type are not taken)"));
    }

    [Test]
    public async Task A_field_that_tickets_must_have_does_not_keep_mail_out()
    {
        await Desk.Admin.Post("/v1/custom-fields", """{ "key": "floor", "label": "Floor", "type": "number", "required": true }""").Json(HttpStatusCode.Created);
        await Filed(RawMail.Of());
    }

    [TestCase("", HttpStatusCode.BadRequest)]
    [TestCase("From: nobody\n\nx", HttpStatusCode.UnprocessableEntity)]
    [TestCase("Subject: x\n\nx", HttpStatusCode.UnprocessableEntity)]
    public async Task Rubbish_is_refused_in_words(string mail, HttpStatusCode expected) =>
        await Mail(mail).Problem(expected, expected == HttpStatusCode.BadRequest ? "validation" : "no-sender");

    [Test]
    public async Task What_is_no_mail_is_refused() => await Mail("nonsense").Problem(HttpStatusCode.BadRequest, "malformed");

    [Test]
    public async Task A_mail_that_is_too_large_is_refused() => await Mail(RawMail.Of(body: new string('x', 2_000_000))).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");

    [Test]
    public async Task Another_kind_of_body_is_refused() => await Desk.Admin.Post("/v1/inbound/email", "{}").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Test]
    public async Task Long_words_are_kept_whole_in_a_file()
    {
        var filed = await Filed(RawMail.Of(body: string.Join('\n', Enumerable.Repeat("A line of words.", 10_000))));
        var message = (await Messages(await TicketOf(filed)))[0];
        Assert.That(((string)message["body"]!).Length, Is.EqualTo(100_000));
        Assert.That((string?)message["attachments"]![0]!["name"], Is.EqualTo("mail.txt"));
    }
}
