using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>Whose words a mail brings is said by its From and by nothing else.</summary>
internal sealed class SenderTests : InboundFixture
{
    [SetUp]
    public Task Promise_an_answer() => Policy();

    [TestCase("Sender: ada@example.org")]
    [TestCase("From: garbage\nSender: ada@example.org")]
    [TestCase("Return-Path: <ada@example.org>")]
    [TestCase("From: ada@example.org, mal@evil.example")]
    [TestCase("From: mal@evil.example, Ada <ada@example.org>")]
    [TestCase("From: mal@[192.0.2.1], ada@example.org")]
    [TestCase("From: both: ada@example.org, mal@evil.example;")]
    [TestCase("From: ada@example.org\nFrom: mal@evil.example")]
    public async Task Nobody_speaks_for_the_customer_by_another_header_or_beside_her(string headers)
    {
        var ticket = await Open();
        await Mail($"{headers}\nMessage-ID: <x1@evil.example>\nIn-Reply-To: <{await Sent(ticket)}>\nSubject: Hello\n\nDo close it.\n").Problem(HttpStatusCode.UnprocessableEntity, "no-sender");
        Assert.That(await Messages(ticket), Has.Count.EqualTo(1));
    }

    [TestCase("From: Lovelace, Ada <ada@example.org>")]
    [TestCase("From: Ada <ada@example.org>, ADA@example.org")]
    [TestCase("Sender: secretary@example.net\nFrom: ada@example.org\nReturn-Path: <bounces@lists.example.net>")]
    public async Task One_address_in_From_is_hers_however_it_is_written(string headers)
    {
        var ticket = await Open();
        var filed = await Filed($"{headers}\nMessage-ID: <x1@example.org>\nIn-Reply-To: <{await Sent(ticket)}>\nSubject: Hello\n\nIt burns.\n");
        Assert.That(((string?)filed["outcome"], (long?)filed["ticketId"]), Is.EqualTo(("message", (long?)ticket["id"])));
    }

    [TestCase("From: MAILER-DAEMON")]
    [TestCase("From: <>")]
    [TestCase("X-Nobody: 1")]
    public async Task A_report_that_comes_from_nobody_is_heeded_where_it_is_of_the_desk_s_mail(string from)
    {
        var ticket = await Open();
        var report = RawMail.Bounce.Replace("From: MAILER-DAEMON@mx.example.org (Mail Delivery System)", from, StringComparison.Ordinal)
            .Replace("ACTION", "failed", StringComparison.Ordinal).Replace("STATUS", "5.1.1", StringComparison.Ordinal);
        var filed = await Filed(report.Replace("SENT", await Sent(ticket), StringComparison.Ordinal), expected: HttpStatusCode.Accepted);
        Assert.That((string?)filed["bounces"]![0]!["outcome"], Is.EqualTo("marked"));
        await Mail(report.Replace("SENT", "made-up@desk.example", StringComparison.Ordinal).Replace("BOUNCE@", "OTHER@", StringComparison.Ordinal)).Problem(HttpStatusCode.UnprocessableEntity, "no-sender");
    }
}
