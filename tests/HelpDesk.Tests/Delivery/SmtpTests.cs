using HelpDesk.Delivery;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Delivery;

public sealed class SmtpTests : SmtpFixture
{
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
        var mail = Sink.Mails.Single();
        Assert.That((mail.From, mail.To.Single()), Is.EqualTo(("desk@example.com", "aino@example.org")));
        var parsed = ParsedMail.Of(mail.Raw);
        Assert.Multiple(() =>
        {
            Assert.That(parsed["Date"], Is.EqualTo("Mon, 02 Mar 2026 08:00:00 +0000"));
            Assert.That(parsed["From"], Is.EqualTo("The Desk <desk@example.com>"));
            Assert.That(parsed["To"], Is.EqualTo("Ayşe Yılmaz <aino@example.org>"));
            Assert.That(parsed["Subject"], Is.EqualTo("Günaydın [#42]"));
            Assert.That(parsed["Message-ID"], Is.EqualTo($"<{id}@example.com>"));
            Assert.That(parsed["In-Reply-To"], Is.EqualTo("<ticket-x@example.com>"));
            Assert.That(parsed["References"], Is.EqualTo("<ticket-x@example.com>"));
            Assert.That(parsed["Auto-Submitted"], Is.EqualTo("auto-generated"));
            Assert.That(parsed["X-HelpDesk-Kind"], Is.EqualTo("follow_up"));
            Assert.That(parsed.Text, Is.EqualTo("Merhaba Ayşe,\r\n\r\n.gizli nokta\r\n"));
            Assert.That(parsed.Html, Does.StartWith("<p>Good day.</p>"));
        });
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
        Assert.That(await ErrorOf(id), Is.Null);
        Assert.That(await Database.Ask<string>("select outcome || ' ' || words from delivery_attempts where delivery_id = $1", id), Is.EqualTo("sent 250 taken as 4bXk"));
    }

    [TestCase(".\n..\n.x\n\n.\n")]
    [TestCase("é................................................................................................................................\n.\n")]
    public async Task A_dot_at_the_beginning_of_a_line_stays_and_ends_nothing(string text)
    {
        await Queue(Message(text: text));
        await Run();
        Assert.That(ParsedMail.Of(Sink.Mails.Single().Raw).Text, Is.EqualTo(text.ReplaceLineEndings("\r\n")));
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
        Sink.Behave = (at, _) => at == step && refusals++ == 0 ? SmtpSink.Step.Say("451 4.3.0 come back later") : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Is.EqualTo("451 4.3.0 come back later"));
        Assert.That((await NextAttemptOf(id) - Now).TotalSeconds, Is.InRange(1, 2));
        await Run(await NextAttemptOf(id));
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
        Assert.That(Sink.Mails, Has.Count.EqualTo(1));
    }

    [TestCase("RCPT")]
    [TestCase("end")]
    public async Task A_5xx_to_the_recipient_or_the_content_makes_it_dead_and_the_next_one_passes(string step)
    {
        var refused = await Queue(Message("nobody@example.org"));
        Sink.Behave = (at, _) => at == step ? SmtpSink.Step.Say("550-5.1.1 No such mailbox\r\n550 5.1.1 ask the postmaster") : SmtpSink.Step.Accept;
        await Run();
        Assert.That(await StateOf(refused), Is.EqualTo("dead"));
        Assert.That(await ErrorOf(refused), Is.EqualTo("550 5.1.1 No such mailbox 5.1.1 ask the postmaster"));
        Sink.Behave = (_, _) => SmtpSink.Step.Accept;
        var next = await Queue(Message());
        await Run();
        Assert.That(await StateOf(next), Is.EqualTo("sent"));
    }

    [TestCase("greeting", "554 5.3.2 closed for today")]
    [TestCase("EHLO", "550 5.3.2 closed for today")]
    [TestCase("MAIL", "553 5.1.8 who are you")]
    [TestCase("RCPT", "554 5.7.1 relaying denied")]
    [TestCase("DATA", "554 5.5.1 not now")]
    public async Task A_5xx_that_may_be_the_matter_of_the_server_or_of_the_configuration_may_pass(string at, string words)
    {
        Sink.Behave = (step, _) => step == at ? SmtpSink.Step.Say(words) : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo("failed"));
        Assert.That(await ErrorOf(id), Is.EqualTo(words));
    }

    [TestCase("greeting")]
    [TestCase("RCPT")]
    [TestCase("end")]
    public async Task A_server_that_hangs_costs_the_time_limit_while_others_are_served(string step)
    {
        var hung = 0;
        Sink.Behave = (at, _) => at == step && Interlocked.Increment(ref hung) == 1 ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        var hanging = await Queue(Message());
        var run = Run();
        await Sink.Hanging;
        await QueueAll([Message(), Message()]);
        Assert.That(await Run(), Is.EqualTo(2));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent'"), Is.EqualTo(2));
        Assert.That(run.IsCompleted, Is.False);
        Machine.Advance(DeliverDue.AttemptLimit);
        await run;
        Assert.That((await StateOf(hanging), await ErrorOf(hanging)), Is.EqualTo(("failed", "The other side did not take it within 10 seconds.")));
        await Run(await NextAttemptOf(hanging));
        Assert.That(await StateOf(hanging), Is.EqualTo("sent"));
    }

    [TestCase("greeting")]
    [TestCase("RCPT")]
    [TestCase("end")]
    public async Task An_attempt_that_is_cut_off_lets_go_of_the_server(string step)
    {
        Sink.Behave = (at, _) => at == step ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        using var limit = new CancellationTokenSource();
        var attempt = Door.Send(ComposedMailTests.Mail, limit.Token);
        await Sink.Hanging;
        await limit.CancelAsync();
        Assert.That(async () => await attempt, Throws.Exception);
    }

    [Test]
    public async Task A_connection_closed_in_the_middle_of_a_mail_leads_to_another_attempt_with_the_same_Message_ID()
    {
        var messageIds = new List<string>();
        Sink.Behave = (step, line) =>
        {
            if (step == "line" && line.StartsWith("Message-ID:", StringComparison.Ordinal)) messageIds.Add(line);
            return step == "line" && line.StartsWith("Auto-Submitted", StringComparison.Ordinal) && messageIds.Count == 1 ? SmtpSink.Step.Close : SmtpSink.Step.Accept;
        };
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), Sink.Mails.Count), Is.EqualTo(("failed", 0)));
        await Run(await NextAttemptOf(id));
        Assert.That((await StateOf(id), Sink.Mails.Count), Is.EqualTo(("sent", 1)));
        Assert.That(messageIds, Is.EqualTo(new[] { $"Message-ID: <{id}@example.com>", $"Message-ID: <{id}@example.com>" }));
    }

    [Test]
    public async Task A_mail_taken_without_a_reply_comes_again_under_the_same_Message_ID()
    {
        var ends = 0;
        Sink.Behave = (step, _) => step == "end" && ends++ == 0 ? SmtpSink.Step.Close : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), await ErrorOf(id)), Is.EqualTo(("failed", $"The mail server 127.0.0.1:{Sink.Port} hung up in the middle of the mail.")));
        await Run(await NextAttemptOf(id));
        Assert.That(ParsedMail.Of(Sink.Mails.Single().Raw)["Message-ID"], Is.EqualTo($"<{id}@example.com>"));
    }

    [Test]
    public async Task A_slow_server_is_waited_for()
    {
        var signal = new TaskCompletionSource();
        Sink.Behave = (step, _) => step == "end" ? SmtpSink.Step.AcceptAfter(signal.Task) : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        var run = Run();
        await Sink.Hanging;
        Machine.Advance(DeliverDue.AttemptLimit - Duration.FromSeconds(1));
        signal.SetResult();
        await run;
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task Nobody_listening_is_said_plainly_and_may_pass()
    {
        var port = Sink.Port;
        await Sink.DisposeAsync();
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
        Assert.That((Sink.Mails.Count, Sink.Connections), Is.EqualTo((61, 4)));
    }

    [TestCase("close")]
    [TestCase("421")]
    public async Task A_kept_connection_that_the_server_has_ended_is_replaced_without_a_failed_attempt(string how)
    {
        await Queue(Message());
        await Run();
        var mails = 0;
        Sink.Behave = (step, _) => step != "MAIL" || mails++ > 0 ? SmtpSink.Step.Accept : how == "close" ? SmtpSink.Step.Close : SmtpSink.Step.Say("421 idle for too long");
        var id = await Queue(Message());
        await Run();
        Assert.That((await StateOf(id), Sink.Connections), Is.EqualTo(("sent", 2)));
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
        Assert.That(Sink.Connections, Is.EqualTo(2));
    }

    [TestCase("refused")]
    [TestCase("421")]
    [TestCase("close")]
    public async Task A_server_that_is_away_costs_no_attempts_and_all_mail_leaves_when_it_is_back(string how)
    {
        if (how == "refused") await Sink.DisposeAsync();
        Sink.Behave = (step, _) => step != "greeting" ? SmtpSink.Step.Accept : how == "close" ? SmtpSink.Step.Close : SmtpSink.Step.Say("421 4.3.2 not now");
        await QueueAll([.. Enumerable.Range(0, 30).Select(_ => Message())]);
        var worker = Worker(Door);
        while (await worker.RunOnce(Now, default) > 0)
        {
            // Until the circuit is open.
        }

        // Those under way when it opened, over the four connections, have been tried as well.
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'failed' and attempts = 0"), Is.InRange(3, 6));
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued' and tries = 0 and lease_id is null"), Is.InRange(24, 27));
        if (how == "refused") return;
        Sink.Behave = (_, _) => SmtpSink.Step.Accept;
        Machine.Advance(Duration.FromSeconds(2));
        while (await worker.RunOnce(Now + Duration.FromMinutes(1), default) > 0)
        {
            // The probe first, then the others.
        }

        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'sent' and attempts = 1"), Is.EqualTo(30));
        Assert.That(Sink.Mails.Select(mail => ParsedMail.Of(mail.Raw)["Message-ID"]), Is.Unique);
    }

    [TestCase("greeting", 0)]
    [TestCase("RCPT", 0)]
    [TestCase("end", 1)]
    public async Task Silence_counts_as_an_attempt_only_once_the_mail_has_been_said(string step, int attempts)
    {
        Sink.Behave = (at, _) => at == step ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        var id = await Queue(Message());
        var run = Run();
        await Sink.Hanging;
        Machine.Advance(DeliverDue.AttemptLimit);
        await run;
        Assert.That(await Database.Ask<int>("select attempts from deliveries where id = $1", id), Is.EqualTo(attempts));
    }

    [Test]
    public async Task A_follow_up_that_the_server_would_take_too_late_is_cut_off_in_the_conversation()
    {
        Sink.Behave = (step, _) => step == "DATA" ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        var id = await Queue(Message() with { ExpiresAt = Now + Duration.FromSeconds(2) });
        var run = Run();
        await Sink.Hanging;
        Machine.Advance(Duration.FromSeconds(2));
        await run;
        Assert.That((await StateOf(id), Sink.Mails.Count), Is.EqualTo(("failed", 0)));
        Assert.That(await NextAttemptOf(id), Is.GreaterThan(Now + Duration.FromSeconds(2)));
    }
}
