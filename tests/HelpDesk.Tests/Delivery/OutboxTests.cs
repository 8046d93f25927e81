using HelpDesk.Delivery;
using Npgsql;

namespace HelpDesk.Tests.Delivery;

public sealed class OutboxTests : DeliveryFixture
{
    [Test]
    public async Task A_message_is_queued_with_everything_it_carries()
    {
        var message = Message() with
        {
            RecipientName = "Aino",
            Kind = MessageKind.Recovery,
            Channel = DeliveryChannel.Inbox,
            Text = "Günaydın\n",
            InReplyTo = "<a@b>",
            References = "<r@b> <a@b>",
            NotBefore = Now + Duration.FromHours(1),
            ExpiresAt = Now + Duration.FromHours(2),
        };
        await Queue(message);
        await using var db = Database.NewContext();
        var row = db.Set<HelpDesk.Delivery.Delivery>().Single();
        Assert.Multiple(() =>
        {
            Assert.That((row.Id, row.Effect, row.TicketId, row.CustomerId), Is.EqualTo((message.Id, message.Effect, (long?)null, (Guid?)null)));
            Assert.That((row.Kind, row.Channel, row.State, row.Attempts), Is.EqualTo((MessageKind.Recovery, DeliveryChannel.Inbox, DeliveryState.Queued, 0)));
            Assert.That((row.Recipient, row.RecipientName, row.Locale), Is.EqualTo(("aino@example.org", "Aino", "en")));
            Assert.That((row.Subject, row.TextBody, row.HtmlBody), Is.EqualTo(("Hello", "Günaydın\n", "<p>Good day.</p>\n")));
            Assert.That((row.MessageId, row.InReplyTo, row.MailReferences), Is.EqualTo(($"<{message.Id}@example.com>", "<a@b>", "<r@b> <a@b>")));
            Assert.That((row.CreatedAt, row.NextAttemptAt, row.ExpiresAt), Is.EqualTo((Now, Now + Duration.FromHours(1), (Instant?)(Now + Duration.FromHours(2)))));
        });
    }

    [Test]
    public async Task A_second_message_for_the_same_effect_is_refused_by_the_database()
    {
        await Queue(Message(effect: "follow_up:1"));
        var refused = Assert.ThrowsAsync<PostgresException>(() => Queue(Message(effect: "follow_up:1")));
        Assert.That(refused!.SqlState, Is.EqualTo(PostgresErrorCodes.UniqueViolation));
    }

    [Test]
    public async Task Thousands_are_queued_by_one_command()
    {
        await QueueAll([.. Enumerable.Range(0, 2_000).Select(_ => Message())]);
        Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued'"), Is.EqualTo(2_000));
    }

    [Test]
    public async Task A_withdrawn_message_is_not_sent()
    {
        var id = await Queue(Message());
        Assert.That(await Withdraw(id), Is.EqualTo(new[] { id }));
        var door = new ScriptedDoor();
        Assert.That(await Worker(door).RunOnce(Now, default), Is.Zero);
        Assert.That(door.Sent, Is.Empty);
        Assert.That(await StateOf(id), Is.EqualTo("withdrawn"));
    }

    [Test]
    public async Task A_message_that_a_sender_has_claimed_cannot_be_withdrawn()
    {
        var id = await Queue(Message());
        await Claim();
        Assert.That(await Withdraw(id), Is.Empty);
        Machine.Advance(DeliveryClaim.Lease + Duration.FromSeconds(1));
        Assert.That(await Withdraw(id), Is.EqualTo(new[] { id }), "its sender has died");
    }

    [Test]
    public async Task A_claim_of_before_a_clock_was_set_back_keeps_nothing_from_being_withdrawn()
    {
        var id = await Queue(Message());
        await Claim();
        Machine.Set(Machine.Now - Duration.FromHours(1));
        Assert.That(await Withdraw(id), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task A_sent_message_cannot_be_withdrawn()
    {
        var id = await Queue(Message());
        await Worker(new ScriptedDoor()).RunOnce(Now, default);
        Assert.That(await Withdraw(id), Is.Empty);
        Assert.That(await StateOf(id), Is.EqualTo("sent"));
    }

    [Test]
    public async Task The_next_due_instant_is_the_earliest_that_will_be_handed_over()
    {
        Assert.That(await Outbox.NextDue(Database.DataSource, default), Is.Null);
        await Queue(Message() with { NotBefore = Now + Duration.FromHours(3) });
        await Queue(Message() with { NotBefore = Now + Duration.FromHours(2) });
        await Queue(Message() with { NotBefore = Now + Duration.FromHours(1), ExpiresAt = Now });
        Assert.That(await Outbox.NextDue(Database.DataSource, default), Is.EqualTo(Now + Duration.FromHours(2)));
    }
}
