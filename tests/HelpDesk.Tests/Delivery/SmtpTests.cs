using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Delivery;

/// <summary>The worker and its door against a mail server that speaks real SMTP over loopback.</summary>
public sealed class SmtpTests : DeliveryFixture
{
    private SmtpSink sink = null!;
    private SmtpDoor door = null!;

    [SetUp]
    public void Start_the_mail_server() => Start(new());

    private void Start(SmtpSink server, MailOptions? options = null, RemoteCertificateValidationCallback? trust = null)
    {
        sink = server;
        door = new((options ?? Options) with { Host = "127.0.0.1", Port = server.Port }, Machine, trust);
    }

    private async Task Restart(SmtpSink server, MailOptions? options = null, RemoteCertificateValidationCallback? trust = null)
    {
        await Stop_the_mail_server();
        Start(server, options, trust);
    }

    [TearDown]
    public async Task Stop_the_mail_server()
    {
        await door.DisposeAsync();
        await sink.DisposeAsync();
    }

    private Task<int> Run(Instant? now = null) => Worker(door).RunOnce(now ?? Now, default);

    [Test]
    public async Task A_mail_arrives_once_with_its_envelope_and_all_its_headers()
    {
        var id = await Queue(Message(subject: "Günaydın [#42]", text: "Merhaba Ayşe,\n\n.gizli nokta\n") with
        {
            RecipientName = "Ayşe Yılmaz",
            InReplyTo = "<ticket-x@example.com>",
            References = "<ticket-x@example.com>",
        });
        await Run();
        await Run();
        var mail = sink.Mails.Single();
        Assert.That((mail.From, mail.To.Single()), Is.EqualTo(("desk@example.com", "aino@example.org")));
        var parsed = ParsedMail.Of(mail.Raw);
        Assert.Multiple(() =>
        {
            Assert.That(parsed["Date"], Is.EqualTo("Mon, 02 Mar 2026 08:00:00 +0000"));
            Assert.That(parsed["From"], Is.EqualTo("\"The Desk\" <desk@example.com>"));
            Assert.That(parsed["To"], Is.EqualTo("Ayşe Yılmaz <aino@example.org>"));
            Assert.That(parsed["Subject"], Is.EqualTo("Günaydın [#42]"));
            Assert.That(parsed["Message-ID"], Is.EqualTo($"<{id}@example.com>"));
            Assert.That(parsed["In-Reply-To"], Is.EqualTo("<ticket-x@example.com>"));
            Assert.That(parsed["References"], Is.EqualTo("<ticket-x@example.com>"));
            Assert.That(parsed["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(parsed["X-HelpDesk-Kind"], Is.EqualTo("follow_up"));
            Assert.That(parsed.Text, Is.EqualTo("Merhaba Ayşe,\r\n\r\n.gizli nokta\r\n\r\n"));
            Assert.That(parsed.Html, Does.StartWith("<p>Good day.</p>"));
        });
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [TestCase("greeting")]
    [TestCase("EHLO")]
    [TestCase("MAIL")]
    [TestCase("RCPT")]
    [TestCase("DATA")]
    [TestCase("end")]
    public async Task A_4xx_at_any_step_is_kept_in_the_servers_words_and_tried_again(string step)
    {
        var refusals = 0;
        sink.Behave = (at, _) => at == step && refusals++ == 0 ? SmtpSink.Step.Say("451 4.3.0 come back later") : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Does.StartWith("451 4.3.0 come back later"));
        Assert.That((await NextAttemptOf(id) - Now).TotalSeconds, Is.InRange(1, 2));
        await Run(await NextAttemptOf(id));
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
        Assert.That(sink.Mails, Has.Count.EqualTo(1));
    }

    [TestCase("MAIL")]
    [TestCase("RCPT")]
    [TestCase("DATA")]
    [TestCase("end")]
    public async Task A_5xx_to_a_mail_makes_it_dead_and_the_next_one_passes(string step)
    {
        var refused = await Queue(Message("nobody@example.org"));
        sink.Behave = (at, _) => at == step ? SmtpSink.Step.Say("550-5.1.1 No such mailbox\r\n550 5.1.1 ask the postmaster") : SmtpSink.Step.Accept;
        await Run();
        Assert.That(await StateOf(refused), Is.EqualTo("dead"));
        Assert.That(await ErrorOf(refused), Does.StartWith("550 5.1.1 No such mailbox 5.1.1 ask the postmaster (to "));
        sink.Behave = (_, _) => SmtpSink.Step.Accept;
        var next = await Queue(Message());
        await Run();
        Assert.That(await StateOf(next), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_5xx_before_any_mail_is_the_servers_matter_and_may_pass()
    {
        sink.Behave = (step, _) => step == "greeting" ? SmtpSink.Step.Say("554 closed for today") : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "554 closed for today (to the greeting)")));
    }

    [TestCase("greeting")]
    [TestCase("RCPT")]
    [TestCase("end")]
    public async Task A_server_that_hangs_costs_the_time_limit_while_others_are_served(string step)
    {
        var hung = 0;
        sink.Behave = (at, _) => at == step && Interlocked.Increment(ref hung) == 1 ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        var hanging = await Queue(Message());
        var run = Run();
        await sink.Hanging;
        await QueueAll([Message(), Message()]);
        Assert.That(await Run(), Is.EqualTo(2));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(2));
        Assert.That(run.IsCompleted, Is.False);
        Machine.Advance(DeliverDue.AttemptLimit);
        await run;
        Assert.That((await StateOf(hanging), await ErrorOf(hanging)), Is.EqualTo(("failed", "The mail server did not take it within 10 seconds.")));
        await Run(await NextAttemptOf(hanging));
        Assert.That(await StateOf(hanging), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_connection_closed_in_the_middle_of_a_mail_leads_to_another_attempt_with_the_same_Message_ID()
    {
        var messageIds = new List<string>();
        sink.Behave = (step, line) =>
        {
            if (step == "line" && line.StartsWith("Message-ID:", StringComparison.Ordinal)) messageIds.Add(line);
            return step == "line" && line.StartsWith("Auto-Submitted", StringComparison.Ordinal) && messageIds.Count == 1 ? SmtpSink.Step.Close : SmtpSink.Step.Accept;
        };
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), sink.Mails.Count), Is.EqualTo(("failed", 0)));
        await Run(await NextAttemptOf(id));
        Assert.That((await StateOf(id), sink.Mails.Count), Is.EqualTo(("sent", 1)));
        Assert.That(messageIds, Is.EqualTo(new[] { $"Message-ID: <{id}@example.com>", $"Message-ID: <{id}@example.com>" }));
    }

    [Test]
    public async Task A_mail_taken_without_a_reply_comes_again_under_the_same_Message_ID()
    {
        var ends = 0;
        sink.Behave = (step, _) => step == "end" && ends++ == 0 ? SmtpSink.Step.Close : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "The mail server closed the connection.")));
        await Run(await NextAttemptOf(id));
        Assert.That(ParsedMail.Of(sink.Mails.Single().Raw)["Message-ID"], Is.EqualTo($"<{id}@example.com>"));
    }

    [Test]
    public async Task A_slow_server_is_waited_for()
    {
        var signal = new TaskCompletionSource();
        sink.Behave = (step, _) => step == "end" ? SmtpSink.Step.AcceptAfter(signal.Task) : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        var run = Run();
        await sink.Hanging;
        Machine.Advance(DeliverDue.AttemptLimit - Duration.FromSeconds(1));
        signal.SetResult();
        await run;
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task Nobody_listening_is_said_plainly_and_may_pass()
    {
        var port = sink.Port;
        await sink.DisposeAsync();
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Does.StartWith($"The mail server 127.0.0.1:{port} cannot be reached: "));
    }

    [Test]
    public async Task Many_mails_share_few_connections()
    {
        await QueueAll([.. Enumerable.Range(0, 60).Select(_ => Message())]);
        await Run();
        await Queue(Message());
        await Run();
        Assert.That((sink.Mails.Count, sink.Connections), Is.EqualTo((61, 4)));
    }

    [TestCase("close")]
    [TestCase("421")]
    public async Task A_kept_connection_that_the_server_has_ended_is_replaced_without_a_failed_attempt(string how)
    {
        await Queue(Message());
        await Run();
        var mails = 0;
        sink.Behave = (step, _) => step != "MAIL" || mails++ > 0 ? SmtpSink.Step.Accept : how == "close" ? SmtpSink.Step.Close : SmtpSink.Step.Say("421 idle for too long");
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), sink.Connections), Is.EqualTo(("sent", 2)));
        Assert.That(await Database.Ask<int>("select attempts from deliveries where id = $1", id), Is.EqualTo(1));
    }

    [Test]
    public async Task A_connection_idle_for_long_is_not_used_again()
    {
        await Queue(Message());
        await Run();
        Machine.Advance(Duration.FromMinutes(1));
        await Queue(Message());
        await Run();
        Assert.That(sink.Connections, Is.EqualTo(2));
    }

    [TestCase("PLAIN")]
    [TestCase("LOGIN")]
    [TestCase("LOGIN PLAIN")]
    public async Task User_and_password_are_given_after_the_encryption_began(string mechanisms)
    {
        using var certificate = Certificate();
        await Restart(
            new() { Certificate = certificate, Auth = mechanisms, User = "desk", Password = "pässword" },
            Options with { StartTls = true, User = "desk", Password = "pässword" },
            (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString());
        var id = await Queue(Message());
        await Run();
        Assert.That(await ErrorOf(id), Is.Null);
        Assert.That((sink.Mails.Single().Encrypted, sink.Mails.Single().User), Is.EqualTo((true, "desk")));
    }

    [Test]
    public async Task A_wrong_password_fails_what_may_pass_and_never_shows()
    {
        await Restart(new() { Auth = "PLAIN", User = "desk", Password = "right" }, Options with { User = "desk", Password = "sesame" });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "535 5.7.8 no such user or password (to AUTH)")));
    }

    [Test]
    public async Task A_server_whose_certificate_is_not_trusted_gets_no_mail()
    {
        using var certificate = Certificate();
        await Restart(new() { Certificate = certificate }, Options with { StartTls = true });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), sink.Mails.Count), Is.EqualTo(("failed", 0)));
        Assert.That(await ErrorOf(id), Does.Contain("certificate"));
    }

    [Test]
    public async Task A_server_without_STARTTLS_gets_no_mail_where_it_is_demanded()
    {
        await Restart(new(), Options with { StartTls = true });
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", "Mail:StartTls is set, but the mail server offers no STARTTLS.")));
    }

    [TestCase("a@b.example> SIZE=1\r\nRCPT TO:<eve@example.org")]
    [TestCase("not an address")]
    [TestCase("a@b.example, eve@example.org")]
    [TestCase("")]
    public async Task What_is_no_address_is_never_said_to_the_server(string recipient)
    {
        var id = await Queue(Message(recipient));
        await Run();
        Assert.That((await StateOf(id), sink.Connections), Is.EqualTo(("dead", 0)));
        Assert.That(await ErrorOf(id), Does.EndWith("is not an e-mail address."));
    }

    [TestCase("pelle@exämple.org", "pelle@xn--exmple-cua.org")]
    [TestCase("pelléo@example.org", "pelléo@example.org")]
    public async Task Addresses_outside_ASCII_reach_their_mailbox(string recipient, string said)
    {
        await Queue(Message(recipient));
        await Run();
        Assert.That(sink.Mails.Single().To, Is.EqualTo(new[] { said }));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(Now.ToDateTimeOffset().AddYears(-20), Now.ToDateTimeOffset().AddYears(50));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
